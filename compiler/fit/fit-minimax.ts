import type { Spec } from '../spec.js';
import { errorCurve, measureErrors } from './measure.js';
import { minimax, minimaxNumerator } from './minimax.js';
import { defineProblem, type Problem } from './problem.js';
import { fitNumerator, roundDenominator } from './rounding.js';
import { search, type Found } from './search.js';
import type { Tails } from './tails.js';

/** Coefficients, rounded, and their largest error on the interval. */
export interface MinimaxFit {
  readonly c: readonly number[];
  readonly d: readonly number[];
  readonly maxError: number;
}

/** Steps for each finalist of the least squares, and for the best of them. */
const STEPS = 12;
const LAST_STEPS = 40;

/** Multiply-adds that the programs may take, about half a second. */
const BUDGET = 4e8;

/** About how many steps of Newton's method one program takes. */
const PROGRAM_STEPS = 18;

/** Rounds in which the peaks between the rows become rows. */
const EXCHANGES = 3;
const CLOSE = 1.0005;

/**
 * The minimax fits that the finalists of the least squares lead to. The rows are even points at first; then, as in
 * Remez's exchange, the peaks of the error between them join in, until the rows see all of it.
 */
export function fitMinimax(spec: Spec, tails: Tails): readonly MinimaxFit[] {
  const start = defineProblem(spec, tails);
  const steps = Math.max(2, Math.min(STEPS, Math.floor(BUDGET / programCost(start))));
  const tried = search(start).map((found) => {
    const { p, largest } = minimax(found.problem, found.model(found.problem), found.p, steps);
    return { found, p, largest };
  });
  const best = tried.reduce((one, other) => (one.largest <= other.largest ? one : other));
  return exchange(spec, tails, best.found, best.p, Math.min(LAST_STEPS, 3 * steps));
}

function exchange(spec: Spec, tails: Tails, found: Found, start: Float64Array, steps: number): readonly MinimaxFit[] {
  const fits: MinimaxFit[] = [];
  let [p, rows] = [start, found.problem.points.slice(0, found.problem.inside)];
  for (let round = 0; round <= EXCHANGES; round++) {
    const problem: Problem = { ...defineProblem(spec, tails, rows), ridge: found.problem.ridge };
    const model = found.model(problem);
    const solution = minimax(problem, model, p, steps);
    p = solution.p;
    const d = roundDenominator(problem, model.coefficients(p), found.floor);
    if (d === undefined) break;
    const { c } = fitNumerator(problem, d, minimaxNumerator);
    fits.push({ c, d, maxError: measureErrors(spec, c, d).maxError });
    const peaks = peaksOf(spec, c, d, solution.largest * problem.scale);
    if (peaks.length === 0) break;
    rows = Float64Array.from(new Set([...rows, ...peaks])).sort();
  }
  return fits;
}

/** Where the error has a local maximum that is larger than the rows have seen. */
function peaksOf(spec: Spec, c: readonly number[], d: readonly number[], seen: number): readonly number[] {
  const { points, errors } = errorCurve(spec, c, d);
  const size = (i: number): number => Math.abs(errors[i] ?? 0);
  return [...points].filter((_, i) => size(i) > CLOSE * seen && size(i) >= size(i - 1) && size(i) >= size(i + 1));
}

function programCost({ spec: { n }, inside, numerator }: Problem): number {
  const size = numerator.columns.length + n + 1;
  return PROGRAM_STEPS * inside * size * size * FINALISTS;
}

const FINALISTS = 3;
