import { UsageError } from '../errors.js';
import { add, expandFamily, scale as multiple, type Polynomial } from '../exact/polynomial.js';
import { fromNumber, ONE } from '../exact/rational.js';
import { FLOOR } from './denominator-model.js';
import { TAIL_REACH, type Problem } from './problem.js';
import { projection } from './projection.js';
import { denominatorValues } from './rational.js';
import { hasRealZero } from './real-zeros.js';

/** Smallest normal float32: below it accelerators may flush to zero. */
const SMALLEST = 2 ** -126;

/** Tails at twice their bounds cost as much as an RMSE of a hundredth of the target's size. */
const EXCESS_WEIGHT = 0.01;

/** Shares of d to try for `none`, until rounding leaves no pole: (1 - t) + t Q is positive where Q is, and flatter. */
const SHRINK = [1, 0.99, 0.9, 0.7, 0.4, 0.2, 0.1];

/**
 * The float32 d_j of a normalised denominator, none nearer to zero than FLOOR / max|f_j|. Undefined where `none` would
 * have a pole whatever the share: on the real line for even n, within the tails' reach for odd n, which cannot do without.
 */
export function roundDenominator(problem: Problem, normalised: Float64Array): readonly number[] | undefined {
  const { denominator } = problem.spec;
  for (const share of denominator === 'none' ? SHRINK : [1]) {
    const d = Array.from(normalised, (value, j) => {
      const size = Math.max(Math.abs(value * share), FLOOR);
      return Math.fround((value < 0 ? -size : size) / problem.sizes[j + 1]!);
    });
    if (denominator !== 'none' || isPoleFree(problem, d)) return d;
  }
  return undefined;
}

function isPoleFree({ spec: { family, n, interval } }: Problem, d: readonly number[]): boolean {
  const f = expandFamily(family, n);
  const q = d.reduce<Polynomial>((sum, weight, j) => add(sum, multiple(f[j + 1]!, fromNumber(weight))), [ONE]);
  if (n % 2 === 0) return !hasRealZero(q);
  const reach = BigInt(Math.ceil(TAIL_REACH * Math.max(...interval.map(Math.abs))));
  return !hasRealZero(q, -reach, reach);
}

export interface RoundedNumerator {
  readonly c: readonly number[];
  /** What candidates are compared by: the mean square error with c and d as rounded, plus a fine for leaving the tails' bounds. */
  readonly cost: number;
}

/** The float32 c_i that are best for a denominator already rounded. Throws UsageError where they leave float32. */
export function fitNumerator(problem: Problem, d: readonly number[]): RoundedNumerator {
  const { spec, basis, sizes, scale, weights, target } = problem;
  const q = denominatorValues(spec.denominator, d.map((weight, j) => weight * sizes[j + 1]!), basis);
  const none = new Float64Array();
  const fixed = { lower: none, upper: none, start: () => none, values: () => q, slopes: () => [], coefficients: () => none };
  const c = Array.from(projection(problem, fixed)(none).c, (value, i) => {
    const rounded = Math.fround((value * scale) / sizes[i]!);
    return Math.abs(rounded) < SMALLEST ? 0 : rounded;
  });
  if (!c.every(Number.isFinite)) {
    throw new UsageError(`the target function ${spec.target.name} reaches ${scale}: its coefficients exceed float32`);
  }
  const p = c.map((weight, i) => (weight * sizes[i]!) / scale);
  const fitted = q.map((value, row) => p.reduce((sum, weight, i) => sum + weight * basis[i]![row]!, 0) / value);
  const cost = fitted.reduce((sum, f, row) => {
    const excess = Math.max(0, Math.abs(f) / problem.bounds[row]! - 1);
    return sum + (weights[row]! * (f - target[row]!)) ** 2 + (EXCESS_WEIGHT * excess) ** 2;
  }, 0);
  return { c, cost };
}
