import type { Denominator } from '../spec.js';

/** How a fit treats what lies outside its interval; |x| is in radii of the interval. */
export interface Tails {
  /** How strongly F is drawn to the target out there, relative to the interval. */
  readonly weight: number;
  /**
   * How far |F| may go from `boundFrom` on, relative to the larger of the target and a line of slope 1. Without a bound
   * He 5/4 sum-abs sends d_3 and d_4 to 0 and runs off as x^3 (F(100) = -5e4).
   */
  readonly bound: number;
  readonly boundFrom: number;
}

/** Bounded all the way, 144 at |x| = 100 for leaky ReLU, and drawn to the target so lightly that the fit hardly notices. */
export const BOUNDED: Tails = { weight: 5e-5, bound: 1.4, boundFrom: 0 };

/** Drawn to the target ever more: He 5/4 sum-abs comes from F(-10) = 7.7 to 1.6, and its RMSE from .0215 to .0243. */
const DRAWN: readonly Tails[] = [2e-3, 6e-3].map((weight) => ({ ...BOUNDED, weight }));

/** Drawing may cost this much in RMSE. */
const DRAWN_COST = 1.2;

/** Bounded at the far end only, 300 at |x| = 100. */
const FAR: Tails = { weight: 1e-5, bound: 2.85, boundFrom: 25 };

/** Bounding all the way may cost this much in RMSE. */
const BOUNDED_COST = 1.45;

/** Something fitted with certain tails. */
interface Fitted {
  readonly rmse: number;
}

/**
 * The best compromise between the interval and its outside, `fit` being the fit for certain tails.
 *
 * sum-abs and none: the fit that is drawn most at a cost within DRAWN_COST. abs-sum: F is large where sum d_j f_j has a
 * zero just outside, because nothing but 1 divides P there, and drawing cannot help; bounded all the way, unless that
 * costs more than BOUNDED_COST on the interval. Of the classical families at 5/4 only He pays so much (.0102 against
 * .0066): bounded, it is -135 at x = -8; bounded far out only, it is within 7 of the target for |x| <= 10, and has its
 * zero, and there a narrow peak, at x = 30.
 */
export function chooseTails<T extends Fitted>(denominator: Denominator, fit: (tails: Tails) => T): T {
  const bounded = fit(BOUNDED);
  if (denominator !== 'abs-sum') {
    const drawn = DRAWN.map(fit).filter(({ rmse }) => rmse <= DRAWN_COST * bounded.rmse);
    return drawn.at(-1) ?? bounded;
  }
  const far = fit(FAR);
  return bounded.rmse <= BOUNDED_COST * far.rmse ? bounded : far;
}
