import { UsageError } from '../errors.js';
import { add, expandFamily, scale as multiple, type Polynomial } from '../exact/polynomial.js';
import { fromNumber, ONE } from '../exact/rational.js';
import { FLOOR } from './denominator-model.js';
import { EXCESS_WEIGHT, TAIL_REACH, type Problem } from './problem.js';
import { fixLast, valuesAtZero } from './numerator.js';
import { denominatorValues } from './rational.js';
import { hasRealZero } from './real-zeros.js';
import { centredSteps, centring } from './zero-centre.js';

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
 * The float32 d_j of a normalised denominator, none nearer to zero than `least` / max|f_j|. Undefined where `none`
 * would have a pole whatever is tried: on the real line for even n, within the tails' reach for odd n, which cannot do without.
 */
export function roundDenominator(
  problem: Problem,
  normalised: Float64Array,
  least: number,
): readonly number[] | undefined {
  const rounded = ({ floor, share }: (typeof ATTEMPTS)[number]): readonly number[] =>
    Array.from(normalised, (value, j) => {
      const size = Math.max(Math.abs(value * share), floor);
      return Math.fround((value < 0 ? -size : size) / problem.sizes[j + 1]!);
    });
  if (problem.spec.denominator !== 'none') return rounded({ floor: least, share: 1 });
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

/** The weights of the best numerator for the values q of Q, by whatever norm. */
export type SolveNumerator = (problem: Problem, q: Float64Array) => Float64Array;

/** With more columns than this, what rounding one weight does to the others is not worth solving for again. */
const MOST_SOLVED_AGAIN = 12;

/** The float32 c_i that are best for a denominator already rounded. Throws UsageError where they leave float32. */
export function fitNumerator(problem: Problem, d: readonly number[], solve: SolveNumerator): RoundedNumerator {
  const { spec, basis, sizes, scale } = problem;
  const q = denominatorValues(
    spec.denominator,
    d.map((weight, j) => weight * sizes[j + 1]!),
    basis,
  );
  const rounded = (exactly: boolean): RoundedNumerator => {
    const c = roundNumerator(problem, q, solve, exactly);
    if (!c.every(Number.isFinite)) {
      throw new UsageError(`the target function ${spec.target.name} reaches ${scale}: its coefficients exceed float32`);
    }
    const normalised = c.map((weight, i) => (weight * sizes[i]!) / scale);
    return { c, cost: costOf(problem, normalised, d, q) };
  };
  const nearly = rounded(false);
  if (!spec.zeroCentre) return nearly;
  const exactly = rounded(true);
  return exactly.cost <= EXACT_COST * nearly.cost ? exactly : nearly;
}

/** What F(0) = 0 to the last bit may cost in squared error, against F(0) within the rounding of c_0. */
const EXACT_COST = 1.5;

/**
 * Rounds one coefficient after the other, the highest first; those that are left make good what rounding has done.
 * For F(0) = 0 the last, c_0, follows from the others, which `exactly` are multiples of their steps.
 */
function roundNumerator(problem: Problem, q: Float64Array, solve: SolveNumerator, exactly: boolean): readonly number[] {
  const { spec, sizes, scale } = problem;
  const { first, columns } = problem.numerator;
  const unitOf = (k: number): number => scale / sizes[k + first]!;
  let weights = solve(problem, q);
  const largest = weights.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const c = [...new Array<number>(first).fill(0), ...Array.from(weights, (weight, k) => weight * unitOf(k))];
  const atZero = spec.zeroCentre ? valuesAtZero(spec.family, spec.m) : [];
  const steps = exactly ? centredSteps(atZero, c) : [];
  for (let k = columns.length - 1, rest = problem; k >= 0; k--) {
    const value = roundTo(steps[k + first] ?? 0, weights[k]! * unitOf(k));
    const kept = Math.abs(value) < SMALLEST || Math.abs(weights[k]!) < NEGLIGIBLE * largest ? 0 : value;
    c[k + first] = kept;
    rest = { ...rest, numerator: fixLast(rest.numerator, kept / unitOf(k)) };
    if (k > 0 && columns.length <= MOST_SOLVED_AGAIN) weights = solve(rest, q);
  }
  if (spec.zeroCentre) c[0] = centring(atZero, c);
  return c;
}

/** To the nearest float32, or multiple of a step. */
const roundTo = (step: number, value: number): number =>
  step === 0 ? Math.fround(value) : Math.round(value / step) * step;

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
