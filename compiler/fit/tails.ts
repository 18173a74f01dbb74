import type { Denominator } from '../spec.js';

/** How a fit treats what lies outside its interval; |x| is in radii of the interval. */
export interface Tails {
  /** How strongly F is drawn to the target out there, relative to the interval. */
  readonly weight: number;
  /**
   * How far |F| may go from `boundFrom` on, relative to the larger of the target and a line of slope 1. Without a bound
   * He 5/4 sum-abs sends d_3 and d_4 to 0 and runs off as x^3 (F(100) = -3e4).
   */
  readonly bound: number;
  readonly boundFrom: number;
}

/** Outside the interval anything goes. */
export const FREE: Tails = { weight: 0, bound: Infinity, boundFrom: Infinity };

/** Bounded all the way, 144 at |x| = 100 for leaky ReLU, and drawn to the target so lightly that the fit hardly notices. */
export const BOUNDED: Tails = { weight: 5e-5, bound: 1.4, boundFrom: 0 };

/** Drawn to the target ever more: He 5/4 sum-abs comes from F(-10) = 7.7 to 1.6, and its RMSE from .0215 to .0243. */
const DRAWN: readonly Tails[] = [2e-3, 6e-3].map((weight) => ({ ...BOUNDED, weight }));

/** Drawing may cost this much in RMSE. */
const DRAWN_COST = 1.2;

/** A weight that is so many times the fit's relative error costs too much, whatever the fit. */
const DEAREST = 6;

/** One that is so small a part of it costs nothing. */
const CHEAP = 0.02;

/** Bounded from further out: |x| = 10 for [-3, 3], or at the far end only, |x| = 100. */
const OUTER: readonly Tails[] = [
  { weight: 1e-5, bound: 1.4, boundFrom: 10 / 3 },
  { weight: 1e-5, bound: 1.35, boundFrom: 33 },
];

/** Bounding may cost this much in RMSE, against free tails. */
const BOUNDED_COST = 1.25;

/** Something fitted with certain tails. */
interface Fitted {
  readonly rmse: number;
}

/**
 * The best compromise between the interval and its outside, `fit` being the fit for certain tails and `size` the target's.
 *
 * sum-abs and none: the fit that is drawn most at a cost within DRAWN_COST. abs-sum: F is large where sum d_j f_j has a
 * zero just outside, because nothing but 1 divides P there, and drawing cannot help; the tightest bound at a cost within
 * BOUNDED_COST, or else the widest. docs/fits.md shows what that means for every family.
 */
export function chooseTails<T extends Fitted>(denominator: Denominator, size: number, fit: (tails: Tails) => T): T {
  const free = fit(FREE);
  const error = free.rmse / size;
  const lightly = (tails: Tails): Tails => ({ ...tails, weight: Math.min(tails.weight, CHEAP * error) });
  let chosen = fit(lightly(BOUNDED));
  if (denominator !== 'abs-sum') {
    const most = Math.min(DRAWN_COST * chosen.rmse, BOUNDED_COST * free.rmse);
    for (const tails of DRAWN) {
      const drawn = tails.weight <= DEAREST * error ? fit(tails) : undefined;
      if (drawn !== undefined && drawn.rmse <= most) chosen = drawn;
    }
    return chosen;
  }
  for (const tails of OUTER) {
    if (chosen.rmse <= BOUNDED_COST * free.rmse) return chosen;
    chosen = fit(lightly(tails));
  }
  return chosen;
}
