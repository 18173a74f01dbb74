import type { Spec } from '../spec.js';
import { UsageError } from '../errors.js';
import { basisSizes, basisValues } from './basis-values.js';
import { pow } from './elementary.js';
import { numeratorOf, type Numerator } from './numerator.js';
import type { Tails } from './tails.js';
import { checkFinite } from './targets.js';

/**
 * What the least squares see: rows (x, T(x), weight) and the normalised basis at them. The first rows lie on the
 * interval and weigh 1/sqrt(N), so that their squares sum to the mean square error (an integral, hence half at the ends); the last are the tails.
 */
export interface Problem {
  readonly spec: Spec;
  readonly points: Float64Array;
  /** How many of the rows lie on the interval. */
  readonly inside: number;
  readonly weights: Float64Array;
  /** T(x) / scale: the fit is of size 1 whatever the target's size is. */
  readonly target: Float64Array;
  readonly scale: number;
  /** sizes[k] = max |f_k|; basis[k] = f_k / sizes[k] at the points. */
  readonly sizes: readonly number[];
  readonly basis: readonly Float64Array[];
  readonly numerator: Numerator;
  /** The weight of |c_i| max|f_i| against the error. */
  readonly ridge: number;
  /** |F| / scale is to stay below `bounds`: infinite on the interval, finite at the tails. */
  readonly bounds: Float64Array;
}

/** How many points of the interval a fit looks at; higher degrees follow a kink more closely than the first can see. */
const GRID = 201;
const FINE_GRID = 401;
const COARSE_DEGREE = 5;

const gridOf = ({ m, n, interval }: Spec): Float64Array =>
  evenPoints(interval, Math.max(m, n) <= COARSE_DEGREE ? GRID : FINE_GRID);

/**
 * Tails reach to so many radii of the interval (|x| = 100 for [-3, 3]), at points in geometric progression. They are
 * dense, for a fit hides what it may: with |x| = 10, 30, 100 alone abs-sum puts a zero of sum d_j f_j in between, where
 * nothing but 1 divides P, and F is -9000 at x = -13 (the unbounded optimum of Chebyshev T 5/4: -63,000 at x = -18).
 */
export const TAIL_REACH = 100 / 3;
const TAILS_PER_SIDE = 16;
const TAIL_RATIO = 1.24; // 16 points from 1.3 radii to the reach

/** In radii: there F is as at infinity, and its slope is held there too. */
const INFINITY = 1e4;

/** A tail at twice its bound costs as much as an RMSE of a hundredth of the target's size. */
export const EXCESS_WEIGHT = 0.01;

/**
 * float32 rounds each term of P by about so much (16 units of 2^-24, the project's accuracy bound), so what a pair of huge
 * cancelling terms gains in the fit it loses in the evaluation.
 */
const RIDGE = 16 * 2 ** -24;

/** Above this a normalised coefficient could leave float32's range. */
const LARGEST_SIZE = 1e30;

/** `count` even points of the interval, both ends among them. */
export const evenPoints = ([low, high]: readonly [number, number], count: number): Float64Array =>
  Float64Array.from({ length: count }, (_, i) => low + ((high - low) * i) / (count - 1));

/** max |T| on the interval, or 1 where that is 0. */
export const targetSize = ({ target, interval }: Spec): number =>
  evenPoints(interval, GRID).reduce((size, x) => Math.max(size, Math.abs(target.evaluate(x))), 0) || 1;

/** Throws UsageError where the target is not finite, or the basis too large, on the interval. */
export function defineProblem(spec: Spec, tails: Tails, inside = gridOf(spec)): Problem {
  const { family, m, n, target, interval } = spec;
  const [low, high] = interval;
  checkFinite(target, interval);
  const top = Math.max(m, n);
  const sizes = basisSizes(family, top, interval);
  const wrong = sizes.findIndex((size) => !(size < LARGEST_SIZE && size > 1 / LARGEST_SIZE));
  if (wrong >= 0) {
    const size = sizes[wrong]!;
    const [reaches, remedy] =
      size < 1 ? ['reaches only', 'a domain nearer to the interval'] : ['reaches', 'a shorter interval'];
    throw new UsageError(
      `degree ${wrong} of ${family.name} ${reaches} ${size.toPrecision(2)} on [${low}, ${high}], beyond float32: ` +
        `use ${remedy} or a lower degree`,
    );
  }
  const radius = Math.max(Math.abs(low), Math.abs(high));
  const count = inside.length;
  const points = Float64Array.from([...inside, ...tailPoints(radius, spec)]);
  const values = points.map((x) => target.evaluate(x));
  const scale = targetSize(spec);

  const weights = new Float64Array(points.length).fill(1 / Math.sqrt(count - 1));
  for (const end of [0, count - 1]) weights[end]! *= Math.SQRT1_2; // the trapezoidal rule: errors are largest at the ends
  const bounds = new Float64Array(points.length).fill(Infinity);
  const excess = Math.max(0, m - n - 1); // F grows at least so much faster than x: hold that against nobody
  for (let i = count; i < points.length; i++) {
    const x = Math.abs(points[i]!) / radius;
    const size = Math.max(1 + x, Number.isFinite(values[i]!) ? Math.abs(values[i]!) / scale : 0) * pow(x, excess);
    if (x >= tails.boundFrom) bounds[i] = tails.bound * size;
    weights[i] = tails.weight / size;
  }
  const normalised = basisValues(family, top, points).map((f, k) => f.map((value) => value / sizes[k]!));
  const scaled = values.map((y) => (Number.isFinite(y) ? y / scale : 0)); // only tails can be otherwise
  const numerator = numeratorOf(spec, normalised, sizes);
  return {
    ...{ spec, points, inside: count, weights, target: scaled, scale, sizes },
    ...{ basis: normalised, numerator, ridge: RIDGE, bounds },
  };
}

function tailPoints(radius: number, { denominator, n }: Spec): number[] {
  const points: number[] = [];
  // Without absolute values a Q of odd degree has its zero between.
  if (denominator !== 'none' || n % 2 === 0) points.push(-INFINITY * radius, INFINITY * radius);
  for (let k = 0, x = TAIL_REACH * radius; k < TAILS_PER_SIDE; k++, x /= TAIL_RATIO) points.push(-x, x);
  return points;
}
