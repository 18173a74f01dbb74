import { UsageError } from '../errors.js';
import { add, expandFamily, scale as multiple, type Polynomial } from '../exact/polynomial.js';
import { fromNumber, ONE } from '../exact/rational.js';
import { FLOOR } from './denominator-model.js';
import { EXCESS_WEIGHT, TAIL_REACH, type Problem } from './problem.js';
import { projection } from './projection.js';
import { denominatorValues } from './rational.js';
import { hasRealZero } from './real-zeros.js';

/** Smallest normal float32: below it accelerators may flush to zero. */
const SMALLEST = 2 ** -126;

/** A term so far below the largest is the noise of the solution (the even c_i of tanh): 0, which trains all the same. */
const NEGLIGIBLE = 2 ** -30;

/** Half a unit in the last place of float32. */
const ROUNDING = 2 ** -24;

/**
 * What to try in turn for `none`. At high degrees the full floor, by raising a single d_j, can itself make a pole; a lower
 * one costs no training there, since dF/dd_j = -f_j F / Q whatever d_j is. Where rounding makes a pole, a share t of d
 * helps: (1 - t) + t Q is positive where Q is, and flatter.
 */
const ATTEMPTS: readonly { readonly floor: number; readonly share: number }[] = [
  ...[FLOOR, FLOOR / 100, 0].map((floor) => ({ floor, share: 1 })),
  ...[0.99, 0.9, 0.5, 0.1].map((share) => ({ floor: 0, share })),
];

/**
 * The float32 d_j of a normalised denominator, none nearer to zero than FLOOR / max|f_j|. Undefined where `none` would
 * have a pole whatever is tried: on the real line for even n, within the tails' reach for odd n, which cannot do without.
 */
export function roundDenominator(problem: Problem, normalised: Float64Array): readonly number[] | undefined {
  const rounded = ({ floor, share }: (typeof ATTEMPTS)[number]): readonly number[] =>
    Array.from(normalised, (value, j) => {
      const size = Math.max(Math.abs(value * share), floor);
      return Math.fround((value < 0 ? -size : size) / problem.sizes[j + 1]!);
    });
  if (problem.spec.denominator !== 'none') return rounded(ATTEMPTS[0]!);
  return ATTEMPTS.map(rounded).find((d) => d.every((value) => Math.abs(value) >= SMALLEST) && isPoleFree(problem, d));
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
  /** What candidates are compared by. */
  readonly cost: number;
}

/** The float32 c_i that are best for a denominator already rounded. Throws UsageError where they leave float32. */
export function fitNumerator(problem: Problem, d: readonly number[]): RoundedNumerator {
  const { spec, basis, sizes, scale } = problem;
  const q = denominatorValues(
    spec.denominator,
    d.map((weight, j) => weight * sizes[j + 1]!),
    basis,
  );
  const none = new Float64Array();
  const fixed = {
    lower: none,
    upper: none,
    start: () => none,
    values: () => q,
    slopes: () => [],
    coefficients: () => none,
  };
  const normalised = projection(problem, fixed)(none).c;
  const largest = normalised.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const c = Array.from(normalised, (value, i) => {
    const rounded = Math.fround((value * scale) / sizes[i]!);
    return Math.abs(rounded) < SMALLEST || Math.abs(value) < NEGLIGIBLE * largest ? 0 : rounded;
  });
  if (!c.every(Number.isFinite)) {
    throw new UsageError(`the target function ${spec.target.name} reaches ${scale}: its coefficients exceed float32`);
  }
  return {
    c,
    cost: costOf(
      problem,
      c.map((weight, i) => (weight * sizes[i]!) / scale),
      d,
      q,
    ),
  };
}

/** The sum over the rows of squared errors, of tails' excesses, and of what float32 arithmetic will add to the errors. */
function costOf(problem: Problem, c: readonly number[], d: readonly number[], q: Float64Array): number {
  const { basis, sizes, bounds, weights, target } = problem;
  let cost = 0;
  for (let i = 0; i < q.length; i++) {
    const p = c.map((weight, k) => weight * basis[k]![i]!);
    const f = p.reduce((sum, term) => sum + term, 0) / q[i]!;
    const sizeOfP = p.reduce((sum, term) => sum + Math.abs(term), 0);
    const sizeOfQ = d.reduce((sum, weight, j) => sum + Math.abs(weight * sizes[j + 1]! * basis[j + 1]![i]!), 1);
    const noise = (ROUNDING * (sizeOfP + Math.abs(f) * sizeOfQ)) / q[i]!;
    const excess = Math.max(0, Math.abs(f) / bounds[i]! - 1);
    cost += square(weights[i]! * (f - target[i]!)) + square(weights[i]! * noise) + square(EXCESS_WEIGHT * excess);
  }
  return cost;
}

const square = (v: number): number => v * v;
