import type { Step } from './basis-values.js';

/** A polynomial by its coordinates in a family: sum_k p[k] f_k. */
export type Coordinates = readonly number[];

/** (u x + v) p in the family's coordinates, by x f_k = (f_{k+1} - b f_k + c f_{k-1}) / a: no powers of x on the way. */
export function timesLinear(steps: readonly Step[], p: Coordinates, u: number, v: number): Coordinates {
  const result = new Array<number>(p.length + 1).fill(0);
  p.forEach((weight, k) => {
    const { a, b, c } = steps[k]!;
    const share = (u * weight) / a;
    result[k + 1]! += share;
    result[k]! += weight * v - share * b;
    if (k > 0) result[k - 1]! += share * c;
  });
  return result;
}

export const sum = (p: Coordinates, q: Coordinates): Coordinates =>
  Array.from({ length: Math.max(p.length, q.length) }, (_, k) => (p[k] ?? 0) + (q[k] ?? 0));

export const times = (p: Coordinates, factor: number): Coordinates => p.map((weight) => factor * weight);

/** p q, by the recurrence applied to multiples of q: f_{k+1} q = (a x + b) (f_k q) - c (f_{k-1} q). */
export function product(steps: readonly Step[], p: Coordinates, q: Coordinates): Coordinates {
  let before: Coordinates = [];
  let current = q; // f_k q
  let total: Coordinates = [];
  p.forEach((weight, k) => {
    total = sum(total, times(current, weight));
    const { a, b, c } = steps[k]!;
    const next = sum(timesLinear(steps, current, a, b), times(before, -c));
    before = current;
    current = next;
  });
  return total;
}
