import type { Target } from '../../../../compiler/fit/targets.js';
import { evenPoints } from '../shape/even-points.js';
import type { Coefficients } from '../shape/sliders.js';
import type { FitAnswer } from './messages.js';

/** As many points of the interval as the compiler measures a fit at. */
const MEASURED = 3001;

export const valuesOf = ({ evaluate }: Target, points: Float64Array): Float64Array => points.map((x) => evaluate(x));

/** A fit, and the target where the page wants to see it. */
export const fitAnswer = (
  { c, d }: Coefficients,
  target: Target,
  interval: readonly [number, number],
  points: Float64Array,
): FitAnswer => ({
  c,
  d,
  target: target.name,
  interval,
  targetValues: valuesOf(target, points),
  onInterval: valuesOf(target, evenPoints(interval, MEASURED)),
});
