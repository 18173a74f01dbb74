import { InternalError, UsageError } from '../errors.js';
import type { GivenCoefficients, Spec } from '../spec.js';
import { basisValues } from './basis-values.js';
import { measureErrors } from './measure.js';
import { fitMinimax, type MinimaxFit } from './fit-minimax.js';
import { defineProblem, evenPoints, targetSize } from './problem.js';
import { denominatorValues } from './rational.js';
import { leastSquaresNumerator } from './projection.js';
import { describeFit, type Fit } from './report.js';
import { fitNumerator, roundDenominator, type RoundedNumerator } from './rounding.js';
import { search } from './search.js';
import { chooseTails, FREE, type Tails } from './tails.js';

export { describeFit, type Fit } from './report.js';

type Candidate = RoundedNumerator & { readonly d: readonly number[] };

/**
 * Fits F to the spec's target. Deterministic to the last bit on every machine; tails stay bounded where m <= n + 1,
 * unless the spec frees them; no d_j is zero. Coefficients that the spec gives are only measured. Throws UsageError for a target that is not finite on the interval.
 */
export function fitInitial(spec: Spec): Fit {
  if (spec.initial !== undefined) return takeGiven(spec, spec.initial);
  const leastSquares =
    spec.tail === 'free'
      ? fitWith(spec, FREE)
      : chooseTails(spec.denominator, targetSize(spec), (tails) => fitWith(spec, tails));
  if (spec.norm === 'least-squares') return describeFit(spec, leastSquares.c, leastSquares.d);
  const best = fitMinimax(spec, leastSquares.tails).reduce<MinimaxFit>(
    (one, other) => (one.maxError <= other.maxError ? one : other),
    leastSquares,
  );
  return describeFit(spec, best.c, best.d);
}

/** Coefficients that are given, rounded to float32. Throws UsageError where F has a pole on the interval. */
function takeGiven(spec: Spec, { source, c, d }: GivenCoefficients): Fit {
  const fit = describeFit(spec, c.map(Math.fround), d.map(Math.fround));
  const points = evenPoints(spec.interval, 3001);
  const f = basisValues(spec.family, spec.n, points);
  const q = denominatorValues(spec.denominator, fit.d, f);
  const pole = q.findIndex((value, i) => value === 0 || (i > 0 && value < 0 !== q[i - 1]! < 0));
  if (pole < 0) return fit;
  const [low, high] = spec.interval;
  throw new UsageError(
    `the coefficients of ${source} give F a pole on [${low}, ${high}], near x = ${points[pole]}: use others, or a denominator without poles`,
  );
}

/** The best fit by least squares with certain tails. */
function fitWith(spec: Spec, tails: Tails) {
  const best = search(defineProblem(spec, tails))
    .flatMap(({ problem, normalised, floor }): readonly Candidate[] => {
      const d = roundDenominator(problem, normalised, floor);
      return d === undefined ? [] : [{ d, ...fitNumerator(problem, d, leastSquaresNumerator) }];
    })
    .reduce<Candidate | undefined>(
      (one, other) => (one !== undefined && one.cost <= other.cost ? one : other),
      undefined,
    );
  if (best === undefined) {
    throw new InternalError(`no denominator without poles for ${spec.family.name} ${spec.m}/${spec.n}`);
  }
  return { tails, ...best, ...measureErrors(spec, best.c, best.d) };
}
