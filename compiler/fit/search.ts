import type { DenominatorModel } from './denominator-model.js';
import { minimise } from './levenberg-marquardt.js';
import { absoluteSum, nonnegativeSum } from './linear-denominator.js';
import { polePairs, sumOfSquares } from './pole-free.js';
import type { Problem } from './problem.js';
import { projection } from './projection.js';
import { seededRandom } from './random.js';

/** The cost in d has many local minima: each model starts from many points, and the best are carried to the end. */
const STARTS = 24;
const FIRST_STEPS = 12;
const FINALISTS = 3;
const LAST_STEPS = 60;

/** Up to this n `none` is searched by its poles alone, from there on also as a sum of squares, … */
const POLES_ALONE = 4;
/** … and beyond this one only so: float32 d_j no longer resolve the poles. */
const MOST_POLES = 16;

/** Multiply-adds that either phase may take: about 60 ms; at high degrees fewer starts and steps. */
const BUDGET = 4e7;
const LEAST_STARTS = 2;
const LEAST_STEPS = 25;

/** The ways to describe this problem's denominator. */
export function modelsOf(problem: Problem): readonly DenominatorModel[] {
  const { denominator, n } = problem.spec;
  const terms = problem.basis.slice(1, n + 1);
  switch (denominator) {
    case 'sum-abs':
      return [nonnegativeSum(terms.map((f) => f.map(Math.abs)))];
    case 'abs-sum':
      return [absoluteSum(terms)];
    case 'none':
      return [...(n <= MOST_POLES ? [polePairs(problem)] : []), ...(n > POLES_ALONE ? [sumOfSquares(problem)] : [])];
    default:
      return denominator satisfies never;
  }
}

/** Normalised denominators worth rounding, the most promising first. */
export function searchModel(problem: Problem, model: DenominatorModel): readonly Float64Array[] {
  const random = seededRandom(1);
  const run = (from: DenominatorModel, start: Float64Array, steps: number) =>
    minimise(projection(problem, from), from, start, steps);
  const cost = stepCost(problem, model);
  const starts = Math.max(LEAST_STARTS, Math.min(STARTS, Math.floor(BUDGET / (FIRST_STEPS * cost))));
  const steps = Math.max(LEAST_STEPS, Math.min(LAST_STEPS, Math.floor(BUDGET / (FINALISTS * cost))));
  const found = Array.from({ length: starts }, () => run(model, model.start(random), FIRST_STEPS));
  const finalists = found.sort((one, other) => one.at.cost - other.at.cost).slice(0, FINALISTS);
  return finalists.map(({ p }) => {
    const best = run(model, p, steps).p;
    if (problem.spec.denominator !== 'abs-sum') return model.coefficients(best);
    // Now that the signs have settled, keep every d_j away from zero on its own side.
    return run(absoluteSum(problem.basis.slice(1, problem.spec.n + 1), best), best, steps).p;
  });
}

/** Multiply-adds of one step: a factorisation of m + 1 columns, and a rotation a parameter. */
function stepCost({ spec, points }: Problem, model: DenominatorModel): number {
  const size = spec.m + 1;
  return 2 * points.length * size * (size + model.lower.length);
}
