import type { Spec } from '../spec.js';
import { UsageError } from '../errors.js';
import { basisSizes, basisValues } from './basis-values.js';
import { pow } from './elementary.js';
import type { Tails } from './tails.js';
import { checkFinite } from './targets.js';

/**
 * What the least squares see: rows (x, T(x), weight) and the normalised basis at them. The first rows lie on the
 * interval and weigh 1/sqrt(N), so that their squares sum to the mean square error; the last are the tails.
 */
export interface Problem {
  readonly spec: Spec;
  readonly points: Float64Array;
  readonly weights: Float64Array;
  /** T(x) / scale: the fit is of size 1 whatever the target's size is. */
  readonly target: Float64Array;
  readonly scale: number;
  /** sizes[k] = max |f_k|; basis[k] = f_k / sizes[k] at the points. */
  readonly sizes: readonly number[];
  readonly basis: readonly Float64Array[];
  /** |F| / scale is to stay below `bounds`: infinite on the interval, finite at the tails. */
  readonly bounds: Float64Array;
}

const GRID = 201;

/**
 * Tails reach to so many radii of the interval (|x| = 100 for [-3, 3]), at points in geometric progression. They are
 * dense, for a fit hides what it may: with |x| = 10, 30, 100 alone abs-sum puts a zero of sum d_j f_j in between, where
 * nothing but 1 divides P, and F is -9000 at x = -13 (the unbounded optimum of Chebyshev T 5/4: -63,000 at x = -18).
 */
export const TAIL_REACH = 100 / 3;
const TAILS_PER_SIDE = 16;
const TAIL_RATIO = 1.24; // 16 points from 1.3 radii to the reach

/** A tail at twice its bound costs as much as an RMSE of a hundredth of the target's size. */
export const EXCESS_WEIGHT = 0.01;

/** Above this a normalised coefficient could leave float32's range. */
const LARGEST_SIZE = 1e30;

export function defineProblem(spec: Spec, tails: Tails): Problem {
  const { family, m, n, target, interval } = spec;
  const [low, high] = interval;
  if (!(Number.isFinite(low) && Number.isFinite(high) && low < high)) {
    throw new UsageError(`the interval is [${low}, ${high}]: it must have two finite ends, the smaller first`);
  }
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
  const inside = Array.from({ length: GRID }, (_, i) => low + ((high - low) * i) / (GRID - 1));
  const points = Float64Array.from([...inside, ...tailPoints(radius)]);
  const values = points.map((x) => target.evaluate(x));
  const scale = values.subarray(0, GRID).reduce((size, y) => Math.max(size, Math.abs(y)), 0) || 1;

  const weights = new Float64Array(points.length).fill(1 / Math.sqrt(GRID));
  const bounds = new Float64Array(points.length).fill(Infinity);
  const excess = Math.max(0, m - n - 1); // F grows at least so much faster than x: hold that against nobody
  for (let i = GRID; i < points.length; i++) {
    const x = Math.abs(points[i]!) / radius;
    const size = Math.max(1 + x, Number.isFinite(values[i]!) ? Math.abs(values[i]!) / scale : 0) * pow(x, excess);
    if (x >= tails.boundFrom) bounds[i] = tails.bound * size;
    weights[i] = tails.weight / size;
  }
  const normalised = basisValues(family, top, points).map((f, k) => f.map((value) => value / sizes[k]!));
  const scaled = values.map((y) => (Number.isFinite(y) ? y / scale : 0)); // only tails can be otherwise
  return { spec, points, weights, target: scaled, scale, sizes, basis: normalised, bounds };
}

function tailPoints(radius: number): number[] {
  const points: number[] = [];
  for (let k = 0, x = TAIL_REACH * radius; k < TAILS_PER_SIDE; k++, x /= TAIL_RATIO) points.push(-x, x);
  return points;
}
