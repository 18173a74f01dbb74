import { InternalError } from '../errors.js';
import type { Spec } from '../spec.js';
import { measureErrors, type Errors } from './measure.js';
import { defineProblem } from './problem.js';
import { rationalValues } from './rational.js';
import { fitNumerator, roundDenominator } from './rounding.js';
import { modelsOf, searchModel } from './search.js';

/** Initial coefficients, and how well F with them, rounded as they are, approximates the target on the interval. */
export interface Fit extends Errors {
  /** m + 1 and n coefficients, each exactly a float32. */
  readonly c: readonly number[];
  readonly d: readonly number[];
  /** F at a few points, most of them outside the fit. */
  readonly samples: readonly { readonly x: number; readonly y: number }[];
}

const SAMPLES = [0, 10, -10, 100, -100];

/**
 * Fits F to the spec's target. Deterministic to the last bit on every machine; tails stay bounded where m <= n + 1; no
 * d_j is zero. Throws UsageError for a target that is not finite on the interval.
 */
export function fitInitial(spec: Spec): Fit {
  const problem = defineProblem(spec);
  for (const model of modelsOf(problem)) {
    const fits = searchModel(problem, model)
      .map((normalised) => roundDenominator(problem, normalised))
      .filter((d) => d !== undefined)
      .map((d) => ({ d, ...fitNumerator(problem, d) }))
      .sort((one, other) => one.cost - other.cost);
    if (fits[0] !== undefined) return describe(spec, fits[0].c, fits[0].d);
  }
  throw new InternalError(`no denominator without poles for ${spec.family.name} ${spec.m}/${spec.n}`);
}

function describe(spec: Spec, c: readonly number[], d: readonly number[]): Fit {
  const values = rationalValues(spec, c, d, Float64Array.from(SAMPLES));
  const samples = SAMPLES.map((x, i) => ({ x, y: values[i]! }));
  return Object.freeze({ c, d, ...measureErrors(spec, c, d), samples });
}
