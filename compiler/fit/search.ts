import { FLOOR, LEAST_FLOOR, TOP_FLOOR, type DenominatorModel } from './denominator-model.js';
import { minimise, type Minimum } from './levenberg-marquardt.js';
import { absoluteSum, nonnegativeSum } from './linear-denominator.js';
import { polePairs, sumOfSquares } from './pole-free.js';
import type { Problem } from './problem.js';
import { projection, type Residuals } from './projection.js';
import type { Spec } from '../spec.js';
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

/** The floor of a fit that is more accurate than FLOOR, relative to its error. */
const FLOOR_SHARE = 0.3;

/** Where the fit is accurate the usual ridge would hide from the search what it gains. */
const LEAST_RIDGE = 2 ** -40;

/** Multiply-adds that either phase may take: about 60 ms; at high degrees fewer starts and steps. */
const BUDGET = 4e7;
const LEAST_STARTS = 2;
const LEAST_STEPS = 25;

/** A way to describe a problem's denominator, its terms no smaller than a floor. */
type ModelMaker = (problem: Problem, floor: number) => DenominatorModel;

const termsOf = ({ basis, spec }: Problem): readonly Float64Array[] => basis.slice(1, spec.n + 1);

const sumOfSizes: ModelMaker = (problem, floor) => {
  const terms = termsOf(problem);
  return nonnegativeSum(
    terms.map((f) => f.map(Math.abs)),
    floorsOf(problem, floor),
  );
};

const sizeOfSum = (problem: Problem, floor: number, signs?: Float64Array): DenominatorModel =>
  absoluteSum(termsOf(problem), floorsOf(problem, floor), signs);

function floorsOf({ spec: { n, tail } }: Problem, floor: number): Float64Array {
  const floors = new Float64Array(n).fill(floor);
  if (tail === 'bounded' && n > 0) floors[n - 1] = TOP_FLOOR;
  return floors;
}

/** The ways to describe this spec's denominator. */
function modelsOf({ denominator, n }: Spec): readonly ModelMaker[] {
  switch (denominator) {
    case 'sum-abs':
      return [sumOfSizes];
    case 'abs-sum':
      return [sizeOfSum];
    case 'none':
      return [...(n <= MOST_POLES ? [polePairs] : []), ...(n > POLES_ALONE ? [sumOfSquares] : [])];
    default:
      return denominator satisfies never;
  }
}

/** A denominator worth rounding. */
export interface Found {
  readonly problem: Problem;
  /** Describes it again for other rows. */
  readonly model: (problem: Problem) => DenominatorModel;
  readonly p: Float64Array;
  /** The normalised d_j. */
  readonly normalised: Float64Array;
  readonly floor: number;
}

/** The best denominators found by least squares. */
export const search = (problem: Problem): readonly Found[] =>
  modelsOf(problem.spec).flatMap((make) => searchModel(problem, make));

function searchModel(problem: Problem, make: ModelMaker): readonly Found[] {
  const random = seededRandom(1);
  const wide = make(problem, FLOOR);
  const cost = stepCost(problem, wide);
  const starts = Math.max(LEAST_STARTS, Math.min(STARTS, Math.floor(BUDGET / (FIRST_STEPS * cost))));
  const steps = Math.max(LEAST_STEPS, Math.min(LAST_STEPS, Math.floor(BUDGET / (FINALISTS * cost))));
  const found = Array.from({ length: starts }, () => run(problem, wide, wide.start(random), FIRST_STEPS));
  const finalists = found.sort((one, other) => one.at.cost - other.at.cost).slice(0, FINALISTS);
  return finalists.map(({ p }) => settle(problem, make, run(problem, wide, p, steps).p, steps));
}

const run = (rows: Problem, model: DenominatorModel, start: Float64Array, steps: number): Minimum<Residuals> =>
  minimise(projection(rows, model), model, start, steps);

/** Follows one minimum: keeps every d_j on its side of zero and, where the fit is more accurate than FLOOR, lowers that. */
function settle(problem: Problem, make: ModelMaker, start: Float64Array, steps: number): Found {
  const signs = problem.spec.denominator === 'abs-sum' ? start : undefined;
  const modelAt =
    (floor: number) =>
    (rows: Problem): DenominatorModel =>
      signs === undefined ? make(rows, floor) : sizeOfSum(rows, floor, signs);
  let [rows, p, floor] = [problem, start, FLOOR];
  for (;;) {
    const model = modelAt(floor);
    const best = run(rows, model(rows), p, steps);
    p = best.p;
    const error = Math.sqrt(best.at.cost); // about the RMSE relative to the target's size
    const lower = Math.max(LEAST_FLOOR, FLOOR_SHARE * error);
    if (!(lower < floor / 2)) return { problem: rows, model, p, normalised: model(rows).coefficients(p), floor };
    floor = lower;
    rows = { ...problem, ridge: LEAST_RIDGE };
  }
}

/** Multiply-adds of one step: a factorisation of m + 1 columns, and a rotation a parameter. */
function stepCost({ numerator, points }: Problem, model: DenominatorModel): number {
  const size = numerator.columns.length;
  return 2 * points.length * size * (size + model.lower.length);
}
