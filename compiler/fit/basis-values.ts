import type { Family } from '../bases/index.js';

/** A recurrence step in float64. */
export interface Step {
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

/** The first `count` steps of a family's recurrence, rounded to float64. */
export function floatSteps(family: Family, count: number): readonly Step[] {
  return Array.from({ length: count }, (_, k) => {
    const { a, b, c } = family.recurrence(k);
    return { a: a.valueOf(), b: b.valueOf(), c: c.valueOf() };
  });
}

/** f_0 .. f_top at each point, in float64 by the family's recurrence: result[k][i] = f_k(points[i]). */
export function basisValues(family: Family, top: number, points: Float64Array): readonly Float64Array[] {
  const f: Float64Array[] = [new Float64Array(points.length).fill(1)];
  floatSteps(family, top).forEach(({ a, b, c }, k) => {
    const previous = f[k - 1];
    f.push(f[k]!.map((value, i) => (a * points[i]! + b) * value - c * (previous?.[i] ?? 0)));
  });
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
