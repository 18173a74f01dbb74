import { MAX_DEGREE } from './bases/family.js';
import { resolveBasis, type Basis, type BasisRequest } from './bases/resolve.js';
import { unknownName } from './did-you-mean.js';
import { UsageError } from './errors.js';
import { parseTarget, type Target } from './fit/targets.js';

/** The forms of Q, in the order of help; the first is the default. */
export const DENOMINATORS = ['sum-abs', 'abs-sum', 'none'] as const;
export type Denominator = (typeof DENOMINATORS)[number];

/** Whose kernels a module can carry, in the order of help. Those of cpu, and the composed form, are always there. */
export const BACKENDS = ['cpu', 'wasm', 'webgpu', 'webgl'] as const;
export type Backend = (typeof BACKENDS)[number];

export { MAX_DEGREE } from './bases/family.js';
/** What an activation is fitted to where nothing else is asked for. */
export const DEFAULT_TARGET = 'leaky_relu(0.01)';
export const DEFAULT_INTERVAL: readonly [number, number] = [-3, 3];

/** The validated, frozen description of one activation: everything the compiler's output depends on. */
export interface Spec extends Basis {
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

export interface SpecRequest extends BasisRequest {
  readonly m: number;
  readonly n: number;
  readonly denominator?: string;
  /** By name, or from `resolveTarget`, which reads formulas too. */
  readonly target?: string | Target;
  readonly interval?: readonly [number, number];
  /** Default all; `cpu` is always among them. */
  readonly backends?: readonly string[];
}

/** Checks a request and freezes it. Throws UsageError, one line each, naming what is allowed. */
export function defineSpec(request: SpecRequest): Spec {
  const basis = resolveBasis(request);
  const denominator = request.denominator ?? DENOMINATORS[0];
  if (!isDenominator(denominator)) throw unknownName('denominator', denominator, DENOMINATORS);
  const m = checkDegree('m', request.m);
  const n = checkDegree('n', request.n);
  if (m + n === 0) throw new UsageError('m and n are both 0, which makes F a constant: m + n must be at least 1');
  const target = typeof request.target === 'object' ? request.target : parseTarget(request.target ?? DEFAULT_TARGET);
  const interval = request.interval ?? DEFAULT_INTERVAL;
  const backends = checkBackends(request.backends ?? BACKENDS);
  return Object.freeze({ ...basis, m, n, denominator, target, interval, backends });
}

export const isDenominator = (name: string): name is Denominator => (DENOMINATORS as readonly string[]).includes(name);

function checkBackends(names: readonly string[]): readonly Backend[] {
  const unknown = names.find((name) => !(BACKENDS as readonly string[]).includes(name));
  if (unknown !== undefined) throw unknownName('backend', unknown, BACKENDS);
  return Object.freeze(BACKENDS.filter((name) => name === 'cpu' || names.includes(name)));
}

function checkDegree(name: 'm' | 'n', value: number): number {
  if (Number.isInteger(value) && value >= 0 && value <= MAX_DEGREE) return value;
  throw new UsageError(`--${name} is ${value}: the degree must be a whole number from 0 to ${MAX_DEGREE}`);
}
