import type { Spec } from '../spec.js';
import { evenPoints } from './problem.js';
import { rationalValues } from './rational.js';

export interface Errors {
  readonly rmse: number;
  readonly maxError: number;
  readonly maxErrorAt: number;
}

const POINTS = 3001;

/** F - T at the points on which a fit is judged. */
export function errorCurve(spec: Spec, c: readonly number[], d: readonly number[]) {
  const points = evenPoints(spec.interval, POINTS);
  const errors = rationalValues(spec, c, d, points).map((y, i) => y - spec.target.evaluate(points[i]!));
  return { points, errors };
}

/** The errors of F against the target at 3,001 even points of the interval, both ends among them. */
export function measureErrors(spec: Spec, c: readonly number[], d: readonly number[]): Errors {
  const { points, errors: signed } = errorCurve(spec, c, d);
  const errors = signed.map((error) => (Number.isNaN(error) ? Infinity : Math.abs(error))); // 0 / 0 at a pole
  const maxError = errors.reduce((most, error) => Math.max(most, error), 0);
  const rmse = Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / POINTS);
  return { rmse, maxError, maxErrorAt: points[errors.indexOf(maxError)]! };
}
