import { families, findFamily, type Family } from './bases/index.js';
import { unknownName } from './did-you-mean.js';
import { UsageError } from './errors.js';
import { parseTarget, type Target } from './fit/targets.js';

/** The forms of Q, in the order of help; the first is the default. */
export const DENOMINATORS = ['sum-abs', 'abs-sum', 'none'] as const;
export type Denominator = (typeof DENOMINATORS)[number];

export const MAX_DEGREE = 32;
/** What an activation is fitted to where nothing else is asked for. */
export const DEFAULT_TARGET = 'leaky_relu(0.01)';
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
}

export interface SpecRequest {
  readonly basis: string;
  readonly m: number;
  readonly n: number;
  readonly denominator?: string;
  /** By name, or from `resolveTarget`, which reads formulas too. */
  readonly target?: string | Target;
  readonly interval?: readonly [number, number];
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
  const target = typeof request.target === 'object' ? request.target : parseTarget(request.target ?? DEFAULT_TARGET);
  const interval = request.interval ?? DEFAULT_INTERVAL;
  return Object.freeze({ family, m, n, denominator, target, interval });
}

const isDenominator = (name: string): name is Denominator => (DENOMINATORS as readonly string[]).includes(name);

function checkDegree(name: 'm' | 'n', value: number): number {
  if (Number.isInteger(value) && value >= 0 && value <= MAX_DEGREE) return value;
  throw new UsageError(`--${name} is ${value}: the degree must be a whole number from 0 to ${MAX_DEGREE}`);
}
