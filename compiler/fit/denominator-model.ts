import type { Bounds } from './levenberg-marquardt.js';

/** A denominator Q as the outer optimiser sees it: a positive function of a few bounded parameters. */
export interface DenominatorModel extends Bounds {
  /** A random starting point, within the bounds. */
  readonly start: (random: () => number) => Float64Array;
  /** Q at every row, up to a factor that does not depend on the row: it cancels in P / Q. */
  readonly values: (p: Float64Array) => Float64Array;
  /** (dQ/dp_k) / Q at every row, one column a parameter, given q = values(p). */
  readonly slopes: (p: Float64Array, q: Float64Array) => readonly Float64Array[];
  /** values(p) gauge(p) has exactly the slopes that `slopes` gives; 1 where there is no such factor. */
  readonly gauge?: (p: Float64Array) => number;
  /** The normalised d_j, d_j max|f_j|, j = 1 .. n, that p stands for. */
  readonly coefficients: (p: Float64Array) => Float64Array;
}

/**
 * No |d_j| max|f_j| is smaller. Every term of Q then takes part in training from the first step (its gradient reaches
 * the layers and, under sum-abs, sgn(d_j) is not decided by rounding), and costs at most a thousandth of Q.
 */
export const FLOOR = 1e-3;

/** A fit that is more accurate than FLOOR has the floor at its own relative error, but no lower than this. */
export const LEAST_FLOOR = 1e-6;

/** The least top coefficient where tails are bounded: with less, F would behave out there as if n were lower. */
export const TOP_FLOOR = 1e-2;

/** Larger ones make F ever steeper at the zeros of f_j and gain nothing that float32 can keep. */
export const CEILING = 1e5;
