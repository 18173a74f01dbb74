import type { DenominatorModel } from './denominator-model.js';
import { minimise } from './levenberg-marquardt.js';
import { absoluteSum, nonnegativeSum } from './linear-denominator.js';
import { MOST_POLES, polePairs, sumOfSquares } from './pole-free.js';
import type { Problem } from './problem.js';
import { projection } from './projection.js';
import { seededRandom } from './random.js';

/** The cost in d has many local minima: each model starts from many points, and the best are carried to the end. */
const STARTS = 36;
const FIRST_STEPS = 12;
const FINALISTS = 3;
const LAST_STEPS = 60;

/** Multiply-adds that the first steps of all starts may take together: about 60 ms, and few starts at high degrees. */
const BUDGET = 4e7;

/** The models to search, the later ones only where no denominator of the earlier ones survives rounding. */
export function modelsOf(problem: Problem): readonly DenominatorModel[] {
  const { denominator, n } = problem.spec;
  const terms = problem.basis.slice(1, n + 1);
  switch (denominator) {
    case 'sum-abs':
      return [nonnegativeSum(terms.map((f) => f.map(Math.abs)))];
    case 'abs-sum':
      return [absoluteSum(terms)];
    case 'none':
      return n <= MOST_POLES ? [polePairs(problem), sumOfSquares(problem)] : [sumOfSquares(problem)];
    default:
      return denominator satisfies never;
  }
}

/** Normalised denominators worth rounding, the most promising first. */
export function searchModel(problem: Problem, model: DenominatorModel): readonly Float64Array[] {
  const random = seededRandom(1);
  const run = (from: DenominatorModel, start: Float64Array, steps: number) =>
    minimise(projection(problem, from), from, start, steps);
  const found = Array.from({ length: startsFor(problem, model) }, () => run(model, model.start(random), FIRST_STEPS));
  const finalists = found.sort((one, other) => one.at.cost - other.at.cost).slice(0, FINALISTS);
  return finalists.map(({ p }) => {
    const best = run(model, p, LAST_STEPS).p;
    if (problem.spec.denominator !== 'abs-sum') return model.coefficients(best);
    // Now that the signs have settled, keep every d_j away from zero on its own side.
    return run(absoluteSum(problem.basis.slice(1, problem.spec.n + 1), best), best, LAST_STEPS).p;
  });
}

function startsFor(problem: Problem, model: DenominatorModel): number {
  const parameters = model.lower.length;
  if (parameters === 0) return 1;
  const size = problem.spec.m + 1;
  const step = 2 * problem.points.length * size * (size + parameters);
  return Math.min(STARTS, Math.max(2, Math.floor(BUDGET / (FIRST_STEPS * step))));
}
