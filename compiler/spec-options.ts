/** What the options of a spec can be, apart from what checks a spec: help needs no more than this. */

/** The forms of Q, in the order of help; the first is the default. */
export const DENOMINATORS = ['sum-abs', 'abs-sum', 'none'] as const;
export type Denominator = (typeof DENOMINATORS)[number];

/** Whose kernels a module can carry, in the order of help. Those of cpu, and the composed form, are always there. */
export const BACKENDS = ['cpu', 'wasm', 'webgpu', 'webgl'] as const;
export type Backend = (typeof BACKENDS)[number];

/** What a fit makes least: the mean square of the error, or its largest size. */
export const NORMS = ['least-squares', 'minimax'] as const;
export type Norm = (typeof NORMS)[number];

/** Whether a fit holds F down outside its interval. */
export const TAILS = ['bounded', 'free'] as const;
export type Tail = (typeof TAILS)[number];

/** What an activation is fitted to where nothing else is asked for. */
export const DEFAULT_TARGET = 'leaky_relu(0.01)';
