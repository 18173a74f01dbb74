import type { RecurrenceRequest } from './bases/recurrence.js';

/**
 * One activation of a config. Each field means what the flag of its name means (`target`: `--target-function`), and has
 * the same default.
 */
export interface ActivationConfig {
  readonly basis: string;
  /** Degrees of P and Q. */
  readonly m: number;
  readonly n: number;
  readonly denominator?: string;
  /** Where the basis is at home: [a, b] as numbers or exact rationals, such as `['-1/3', 2]`. */
  readonly domain?: readonly [low: number | string, high: number | string];
  /** Whether the basis is orthonormal. */
  readonly normalise?: boolean;
  /** What the initial coefficients approximate: a name, or a formula in x. */
  readonly target?: string;
  /** Whose kernels the file carries; cpu's are always there. */
  readonly backends?: readonly string[];
  /** Where its file goes, if not where the others go. */
  readonly out?: string;
}

/** What `opau.config.json` holds, and what `opau.config.ts` exports by default. */
export interface Config {
  /** The directory of the files, relative to the config; `generated` by default. */
  readonly out?: string;
  /** Bases of one's own, by their names, for the activations to use. */
  readonly bases?: Readonly<Record<string, Omit<RecurrenceRequest, 'name'>>>;
  readonly activations: readonly ActivationConfig[];
}

/** Returns the config as it is: for the types, in `export default defineConfig({ ... })`. */
export const defineConfig = (config: Config): Config => config;
