import type { Spec } from '../spec.js';
import { fromNumber, ZERO } from '../exact/rational.js';
import { basisSizes, basisValues } from './basis-values.js';
import { conditionNumber } from './condition.js';
import { exp } from './elementary.js';
import { measureErrors, type Errors } from './measure.js';
import { valuesAtZero } from './numerator.js';
import { evenPoints, targetSize } from './problem.js';
import { denominatorValues, rationalValues } from './rational.js';
import { slopesAtInfinity, targetSlopes, type Slopes } from './slopes.js';
import { checkFinite } from './targets.js';

/** Initial coefficients, and what F does with them, rounded as they are. */
export interface Fit extends Errors {
  /** m + 1 and n coefficients, each exactly a float32. */
  readonly c: readonly number[];
  readonly d: readonly number[];
  /** F at 0 and at a few points outside the default interval. */
  readonly samples: readonly { readonly x: number; readonly y: number }[];
  /** F'(-inf) and F'(inf); infinite where m > n + 1. */
  readonly slopes: Slopes;
  /** The target's; NaN where it has none. */
  readonly targetSlopes: Slopes;
  /** How far F's slopes may be from the target's; absent where nothing holds them: free tails, m > n + 1, given coefficients. */
  readonly slopeBound?: number;
  /** E[F(z)^2] for z ~ N(0, 1): what an initialiser of the weights before and after divides by. */
  readonly secondMoment: number;
  /** Condition number of the c_i at this denominator: of the functions f_i / Q on the interval, each scaled to norm 1. */
  readonly condition: number;
}

const SAMPLES = [0, 10, -10, 100, -100];

/** With bounded tails |F'(+-inf) - T'(+-inf)| is at most so much, in units of the target's own slope (see `slopeUnit`). */
const SLOPE_BOUND = 3;

const CONDITION_POINTS = 201;

/** Measures coefficients against the spec's target. Throws UsageError where that is not finite on the interval. */
export function describeFit(spec: Spec, c: readonly number[], d: readonly number[]): Fit {
  checkFinite(spec.target, spec.interval);
  const values = rationalValues(spec, c, d, Float64Array.from(SAMPLES));
  values[0] = valueAtZero(spec, c, d);
  const slopes = targetSlopes(spec.target);
  // Without absolute values a Q of odd degree has its zero far out, and infinity lies beyond.
  const isPoleFree = spec.denominator !== 'none' || spec.n % 2 === 0;
  const isHeld = spec.tail === 'bounded' && spec.initial === undefined && spec.m <= spec.n + 1 && isPoleFree;
  return Object.freeze({
    c,
    d,
    ...measureErrors(spec, c, d),
    samples: SAMPLES.map((x, i) => ({ x, y: values[i]! })),
    slopes: slopesAtInfinity(spec, c, d),
    targetSlopes: slopes,
    ...(isHeld ? { slopeBound: SLOPE_BOUND * slopeUnit(spec, slopes) } : {}),
    secondMoment: secondMoment(spec, c, d),
    condition: conditionOf(spec, d),
  });
}

/** The steeper of the target's slopes at infinity and its size on the interval over the interval's radius. */
function slopeUnit(spec: Spec, slopes: Slopes): number {
  const radius = Math.max(...spec.interval.map(Math.abs));
  return Math.max(targetSize(spec) / radius, ...slopes.map((slope) => (Number.isFinite(slope) ? Math.abs(slope) : 0)));
}

/** F(0), with P(0) exactly. */
function valueAtZero(spec: Spec, c: readonly number[], d: readonly number[]): number {
  const atZero = valuesAtZero(spec.family, Math.max(spec.m, spec.n));
  const p = c.reduce((sum, value, i) => sum.add(atZero[i]!.mul(fromNumber(value))), ZERO);
  const f = atZero.map((value) => Float64Array.of(value.valueOf()));
  return p.valueOf() / denominatorValues(spec.denominator, d, f)[0]!;
}

/** The normal density is 1e-56 of its peak there. */
const MOMENT_REACH = 16;
const MOMENT_STEPS_PER_UNIT = 128;

/** By the trapezoidal rule, which converges geometrically where F is smooth; its error at F's kinks is about 1e-5 of F. */
function secondMoment(spec: Spec, c: readonly number[], d: readonly number[]): number {
  const points = evenPoints([-MOMENT_REACH, MOMENT_REACH], 2 * MOMENT_REACH * MOMENT_STEPS_PER_UNIT + 1);
  const values = rationalValues(spec, c, d, points);
  let [sum, weight] = [0, 0];
  points.forEach((z, i) => {
    const density = exp((-z * z) / 2);
    sum += density * values[i]! * values[i]!;
    weight += density;
  });
  return sum / weight;
}

function conditionOf(spec: Spec, d: readonly number[]): number {
  const points = evenPoints(spec.interval, CONDITION_POINTS);
  const top = Math.max(spec.m, spec.n);
  const f = basisValues(spec.family, top, points);
  const q = denominatorValues(spec.denominator, d, f);
  const sizes = basisSizes(spec.family, top, spec.interval);
  return conditionNumber(
    f.slice(0, spec.m + 1).map((column, k) => column.map((value, i) => value / sizes[k]! / q[i]!)),
  );
}
