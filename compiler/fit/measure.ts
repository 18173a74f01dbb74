import type { Spec } from '../spec.js';
import { rationalValues } from './rational.js';

export interface Errors {
  readonly rmse: number;
  readonly maxError: number;
  readonly maxErrorAt: number;
}

const POINTS = 3001;

/** The errors of F against the target at 3,001 even points of the interval, both ends among them. */
export function measureErrors(spec: Spec, c: readonly number[], d: readonly number[]): Errors {
  const [low, high] = spec.interval;
  const points = Float64Array.from({ length: POINTS }, (_, i) => low + ((high - low) * i) / (POINTS - 1));
  const errors = rationalValues(spec, c, d, points).map((y, i) => Math.abs(y - spec.target.evaluate(points[i]!)));
  const maxError = errors.reduce((most, error) => Math.max(most, error), 0);
  const rmse = Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / POINTS);
  return { rmse, maxError, maxErrorAt: points[errors.indexOf(maxError)]! };
}
