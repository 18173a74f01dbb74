// What the suite asks of a device. The suite itself runs in Node and in browsers: it imports neither vitest nor node:.
import type { EmittedModule } from '../support/emit.js';
import type { VectorCase } from '../support/units.js';

/** Which module is under test. */
export interface Activation {
  readonly basis: string;
  readonly m: number;
  readonly n: number;
  readonly denominator: string;
  readonly domain?: readonly [number, number];
  readonly normalise?: boolean;
}

export const activation = (
  basis: string,
  m: number,
  n: number,
  denominator = 'sum-abs',
  scale: Pick<Activation, 'domain' | 'normalise'> = {},
): Activation => ({ basis, m, n, denominator, ...scale });

/** `hermite 5/4 sum-abs`, `legendre 5/4 sum-abs on [-3, 3] normalised`. */
export const nameOf = ({ basis, m, n, denominator, domain, normalise = false }: Activation): string =>
  [
    `${basis} ${m}/${n} ${denominator}`,
    ...(domain === undefined ? [] : [`on [${domain.join(', ')}]`]),
    ...(normalise ? ['normalised'] : []),
  ].join(' ');

export interface Device {
  /** `webgpu`, `chromium-webgl`, ...: for people, and for OPAU_REQUIRED_DEVICES. */
  readonly name: string;
  /** What tf.setBackend calls it. */
  readonly backend: string;
  /** Absolute error that is no error: steps of the subnormal range, see SLACK. */
  readonly slack: number;
  readonly vectors: readonly VectorCase[];
  /** The emitted module of one of the case's `needs`. */
  load(activation: Activation): Promise<EmittedModule>;
  /** Keeps the worst of each kind of error for the report. */
  note(kind: string, units: number, where: string): void;
}

export interface Case {
  readonly name: string;
  /** Every module that it loads. */
  readonly needs: readonly Activation[];
  /** Throws an Error that says what is wrong, or NotApplicable. */
  run(device: Device): Promise<void>;
}

/** What a case asks about does not exist on this device; shown as a skip. */
export class NotApplicable extends Error {
  override readonly name = 'NotApplicable';
}

export const BASES = ['monomial', 'chebyshev-t', 'chebyshev-u', 'legendre', 'laguerre', 'hermite', 'hermite-phys'];
export const DENOMINATORS = ['sum-abs', 'abs-sum', 'none'];

/** Bases moved, scaled and with parameters: of each kind one, with a domain about 0 and one that is not. */
export const SCALED: readonly Activation[] = [
  activation('chebyshev-t', 5, 4, 'sum-abs', { domain: [-3, 3], normalise: true }),
  activation('legendre', 5, 4, 'abs-sum', { domain: [-0.5, 3] }),
  activation('laguerre', 4, 4, 'sum-abs', { domain: [-3, 3] }),
  activation('hermite', 5, 4, 'sum-abs', { normalise: true }),
  activation('jacobi(1/2,-1/3)', 5, 4, 'abs-sum', { domain: [-4, 2], normalise: true }),
];

/** The activation on which everything is tried that does not depend on the formula. */
export const HERMITE = activation('hermite', 5, 4);
/** Its coefficients there: of both signs, none of them small. */
export const C = [0.1, 0.5, 0.2, -0.1, 0.05, 0.01].map(Math.fround);
export const D = [0.3, -0.1, 0.05, 0.02].map(Math.fround);

export { UNITS } from '../support/units.js';

/** Deterministic float32 values of [-scale, scale] without a period. */
export const wave = (size: number, scale = 3, phase = 0.4): number[] =>
  Array.from({ length: size }, (_, k) => Math.fround(scale * Math.sin(1.37 * k + phase) * Math.cos(0.011 * k)));

/** Values again and again. */
export const repeat = (values: readonly number[], size: number): Float32Array =>
  Float32Array.from({ length: size }, (_, k) => values[k % values.length]!);
