import { families, findFamily, type Family } from './bases/index.js';
import { unknownName } from './did-you-mean.js';
import { UsageError } from './errors.js';
import type { Target } from './fit/targets.js';

/** The forms of Q, in the order of help; the first is the default. */
export const DENOMINATORS = ['sum-abs', 'abs-sum', 'none'] as const;
export type Denominator = (typeof DENOMINATORS)[number];

/** Whose kernels a module can carry, in the order of help. Those of cpu, and the composed form, are always there. */
export const BACKENDS = ['cpu', 'wasm', 'webgpu', 'webgl'] as const;
export type Backend = (typeof BACKENDS)[number];

export const MAX_DEGREE = 32;
export const DEFAULT_INTERVAL: readonly [number, number] = [-3, 3];

/** The validated, frozen description of one activation: everything the compiler's output depends on. */
export interface Spec {
  readonly family: Family;
  /** Degree of the numerator P. */
  readonly m: number;
  /** Degree of the denominator Q; 0 makes F a polynomial. */
  readonly n: number;
  readonly denominator: Denominator;
  /** What the initial coefficients approximate, and where. */
  readonly target: Target;
  readonly interval: readonly [number, number];
  /** Whose kernels the module carries, in the order of BACKENDS. */
  readonly backends: readonly Backend[];
}

export interface SpecRequest {
  readonly basis: string;
  readonly m: number;
  readonly n: number;
  readonly denominator?: string;
  readonly target: Target;
  readonly interval?: readonly [number, number];
  /** Default all; `cpu` is always among them. */
  readonly backends?: readonly string[];
}

/** Checks a request and freezes it. Throws UsageError, one line each, naming what is allowed. */
export function defineSpec(request: SpecRequest): Spec {
  const family = findFamily(request.basis);
  if (family === undefined)
    throw unknownName(
      'basis',
      request.basis,
      families.map((f) => f.name),
    );
  const denominator = request.denominator ?? DENOMINATORS[0];
  if (!isDenominator(denominator)) throw unknownName('denominator', denominator, DENOMINATORS);
  const m = checkDegree('m', request.m);
  const n = checkDegree('n', request.n);
  if (m + n === 0) throw new UsageError('m and n are both 0, which makes F a constant: m + n must be at least 1');
  const interval = request.interval ?? DEFAULT_INTERVAL;
  const backends = checkBackends(request.backends ?? BACKENDS);
  return Object.freeze({ family, m, n, denominator, target: request.target, interval, backends });
}

const isDenominator = (name: string): name is Denominator => (DENOMINATORS as readonly string[]).includes(name);

function checkBackends(names: readonly string[]): readonly Backend[] {
  const unknown = names.find((name) => !(BACKENDS as readonly string[]).includes(name));
  if (unknown !== undefined) throw unknownName('backend', unknown, BACKENDS);
  return Object.freeze(BACKENDS.filter((name) => name === 'cpu' || names.includes(name)));
}

function checkDegree(name: 'm' | 'n', value: number): number {
  if (Number.isInteger(value) && value >= 0 && value <= MAX_DEGREE) return value;
  throw new UsageError(`--${name} is ${value}: the degree must be a whole number from 0 to ${MAX_DEGREE}`);
}
