import { MAX_DEGREE } from './bases/family.js';
import { resolveBasis, type Basis, type BasisRequest } from './bases/resolve.js';
import { unknownName } from './did-you-mean.js';
import { UsageError } from './errors.js';
import { parseTarget, type Target } from './fit/targets.js';
import {
  BACKENDS,
  DEFAULT_TARGET,
  DENOMINATORS,
  NORMS,
  TAILS,
  type Backend,
  type Denominator,
  type Norm,
  type Tail,
} from './spec-options.js';

export { MAX_DEGREE } from './bases/family.js';
export { BACKENDS, DEFAULT_TARGET, DENOMINATORS, NORMS, TAILS } from './spec-options.js';
export type { Backend, Denominator, Norm, Tail } from './spec-options.js';
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
  readonly norm: Norm;
  readonly tail: Tail;
  /** F(0) is 0 with the initial coefficients, at least to within the rounding of c_0. */
  readonly zeroCentre: boolean;
  /** Initial coefficients that are given: nothing is fitted, and target and interval are what they are measured by. */
  readonly initial?: GivenCoefficients;
  /** Whose kernels the module carries, in the order of BACKENDS. */
  readonly backends: readonly Backend[];
}

/** Coefficients from a user; numbers that are no float32 are rounded to the nearest. */
export interface GivenCoefficients {
  /** Where they come from, without directories, e.g. `pau.json#gelu`: it stands in headers. */
  readonly source: string;
  readonly c: readonly number[];
  readonly d: readonly number[];
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
  readonly norm?: string;
  readonly tail?: string;
  readonly zeroCentre?: boolean;
  readonly initial?: GivenCoefficients;
}

/** Checks a request and freezes it. Throws UsageError, one line each, naming what is allowed. */
export function defineSpec(request: SpecRequest): Spec {
  const basis = resolveBasis(request);
  const denominator = oneOf('denominator', DENOMINATORS, request.denominator);
  const m = checkDegree('m', request.m);
  const n = checkDegree('n', request.n);
  if (m + n === 0) throw new UsageError('m and n are both 0, which makes F a constant: m + n must be at least 1');
  const norm = oneOf('norm', NORMS, request.norm);
  const tail = oneOf('tail', TAILS, request.tail);
  const target = typeof request.target === 'object' ? request.target : parseTarget(request.target ?? DEFAULT_TARGET);
  const backends = checkBackends(request.backends ?? BACKENDS);
  const { interval = DEFAULT_INTERVAL, zeroCentre = false, initial } = request;
  checkInterval(interval);
  if (zeroCentre && m === 0) {
    throw new UsageError('--zero-centre with m = 0 makes F zero everywhere: m must be at least 1');
  }
  if (initial !== undefined) {
    const searched = [
      ...(norm === NORMS[0] ? [] : ['--norm']),
      ...(tail === TAILS[0] ? [] : ['--tail']),
      ...(zeroCentre ? ['--zero-centre'] : []),
    ];
    if (searched.length > 0) {
      throw new UsageError(
        `--initial gives the coefficients, so there is no fit for ${searched.join(' and ')} to change: leave one out`,
      );
    }
    checkGiven(initial, m, n);
  }
  const spec: Spec = { ...basis, m, n, denominator, target, interval, norm, tail, zeroCentre, backends };
  return Object.freeze(initial === undefined ? spec : { ...spec, initial: Object.freeze(initial) });
}

/** `name` as one of `known`, the first where it is not given. */
function oneOf<T extends string>(what: string, known: readonly [T, ...T[]], name: string = known[0]): T {
  const found = known.find((candidate) => candidate === name);
  if (found === undefined) throw unknownName(what, name, known);
  return found;
}

function checkInterval([low, high]: readonly [number, number]): void {
  if (Number.isFinite(low) && Number.isFinite(high) && low < high && Number.isFinite(high - low)) return;
  throw new UsageError(`the interval is [${low}, ${high}]: it must have two finite ends, the smaller first`);
}

function checkGiven({ source, c, d }: GivenCoefficients, m: number, n: number): void {
  for (const [name, values, length, why] of [
    ['c', c, m + 1, `m + 1 = ${m + 1}`],
    ['d', d, n, `n = ${n}`],
  ] as const) {
    if (values.length !== length) {
      throw new UsageError(`${name} of ${source} has length ${values.length}: it must have length ${why}`);
    }
    values.forEach((value, i) => {
      if (Number.isFinite(Math.fround(value))) return;
      throw new UsageError(`${name}[${i}] of ${source} is ${value}: it must be a finite float32 number`);
    });
  }
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
