import { InternalError } from '../errors.js';
import type { Spec } from '../spec.js';
import { measureErrors, type Errors } from './measure.js';
import { fitMinimax, type MinimaxFit } from './fit-minimax.js';
import { defineProblem, targetSize } from './problem.js';
import { leastSquaresNumerator } from './projection.js';
import { rationalValues } from './rational.js';
import { fitNumerator, roundDenominator, type RoundedNumerator } from './rounding.js';
import { search } from './search.js';
import { chooseTails, FREE, type Tails } from './tails.js';

/** Initial coefficients, and how well F with them, rounded as they are, approximates the target on the interval. */
export interface Fit extends Errors {
  /** m + 1 and n coefficients, each exactly a float32. */
  readonly c: readonly number[];
  readonly d: readonly number[];
  /** F at a few points, most of them outside the fit. */
  readonly samples: readonly { readonly x: number; readonly y: number }[];
}

type Candidate = RoundedNumerator & { readonly d: readonly number[] };

const SAMPLES = [0, 10, -10, 100, -100];

/**
 * Fits F to the spec's target. Deterministic to the last bit on every machine; tails stay bounded where m <= n + 1; no
 * d_j is zero. Throws UsageError for a target that is not finite on the interval.
 */
export function fitInitial(spec: Spec): Fit {
  const leastSquares =
    spec.tail === 'free'
      ? fitWith(spec, FREE)
      : chooseTails(spec.denominator, targetSize(spec), (tails) => fitWith(spec, tails));
  if (spec.norm === 'least-squares') return describe(spec, leastSquares);
  const best = fitMinimax(spec, leastSquares.tails).reduce<MinimaxFit>(
    (one, other) => (one.maxError <= other.maxError ? one : other),
    leastSquares,
  );
  return describe(spec, best);
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

function describe(spec: Spec, { c, d }: Pick<Fit, 'c' | 'd'>): Fit {
  const values = rationalValues(spec, c, d, Float64Array.from(SAMPLES));
  const samples = SAMPLES.map((x, i) => ({ x, y: values[i]! }));
  return Object.freeze({ c, d, ...measureErrors(spec, c, d), samples });
}
