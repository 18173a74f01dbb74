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
  readonly activations: readonly ActivationConfig[];
}

/** Returns the config as it is: for the types, in `export default defineConfig({ ... })`. */
export const defineConfig = (config: Config): Config => config;
