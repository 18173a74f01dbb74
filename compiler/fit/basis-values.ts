import type { Family } from '../bases/index.js';

/** f_0 .. f_top at each point, in float64 by the family's recurrence: result[k][i] = f_k(points[i]). */
export function basisValues(family: Family, top: number, points: Float64Array): readonly Float64Array[] {
  const f: Float64Array[] = [new Float64Array(points.length).fill(1)];
  for (let k = 0; k < top; k++) {
    const step = family.recurrence(k);
    const [a, b, c] = [step.a.valueOf(), step.b.valueOf(), step.c.valueOf()];
    const [current, previous] = [f[k]!, f[k - 1]];
    f.push(current.map((value, i) => (a * points[i]! + b) * value - c * (previous?.[i] ?? 0)));
  }
  return f;
}

/**
 * max |f_k| over the interval, widened to hold [-1, 1] so that a short interval does not make x^32 vanish.
 * The fit works with f_k / size_k: H_32 reaches 3e24 on [-3, 3], and unscaled no coefficient could be compared.
 */
export function basisSizes(family: Family, top: number, [low, high]: readonly [number, number]): readonly number[] {
  const [from, to] = [Math.min(low, -1), Math.max(high, 1)];
  const points = Float64Array.from({ length: 401 }, (_, i) => from + ((to - from) * i) / 400);
  return basisValues(family, top, points).map((f) => f.reduce((size, value) => Math.max(size, Math.abs(value)), 0));
}
