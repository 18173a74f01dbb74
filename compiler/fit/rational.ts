import type { Denominator, Spec } from '../spec.js';
import { basisValues } from './basis-values.js';

/** Q at each point from the d_j and the values of f: the three forms of the denominator. */
const FORMS: Record<Denominator, (d: readonly number[], f: readonly Float64Array[], i: number) => number> = {
  'sum-abs': (d, f, i) => 1 + d.reduce((sum, weight, j) => sum + Math.abs(weight * f[j + 1]![i]!), 0),
  'abs-sum': (d, f, i) => 1 + Math.abs(d.reduce((sum, weight, j) => sum + weight * f[j + 1]![i]!, 0)),
  none: (d, f, i) => 1 + d.reduce((sum, weight, j) => sum + weight * f[j + 1]![i]!, 0),
};

export const denominatorValues = (form: Denominator, d: readonly number[], f: readonly Float64Array[]): Float64Array =>
  f[0]!.map((_, i) => FORMS[form](d, f, i));

/** F = P / Q in float64 at each point. */
export function rationalValues(
  { family, m, n, denominator }: Spec,
  c: readonly number[],
  d: readonly number[],
  points: Float64Array,
): Float64Array {
  const f = basisValues(family, Math.max(m, n), points);
  const q = denominatorValues(denominator, d, f);
  return q.map((value, i) => c.reduce((sum, weight, k) => sum + weight * f[k]![i]!, 0) / value);
}
