import type { Family } from '../bases/index.js';

/** A polynomial by its coordinates in a family: sum_k p[k] f_k. */
export type Coordinates = readonly number[];

/** (u x + v) p in the family's coordinates, by x f_k = (f_{k+1} - b f_k + c f_{k-1}) / a: no powers of x on the way. */
export function timesLinear(family: Family, p: Coordinates, u: number, v: number): Coordinates {
  const product = new Array<number>(p.length + 1).fill(0);
  p.forEach((weight, k) => {
    const step = family.recurrence(k);
    const [a, b, c] = [step.a.valueOf(), step.b.valueOf(), step.c.valueOf()];
    product[k + 1]! += (u * weight) / a;
    product[k]! += weight * (v - (u * b) / a);
    if (k > 0) product[k - 1]! += (u * weight * c) / a;
  });
  return product;
}

export const sum = (p: Coordinates, q: Coordinates): Coordinates =>
  Array.from({ length: Math.max(p.length, q.length) }, (_, k) => (p[k] ?? 0) + (q[k] ?? 0));

/** p q, by the recurrence applied to multiples of q: f_{k+1} q = (a x + b) (f_k q) - c (f_{k-1} q). */
export function product(family: Family, p: Coordinates, q: Coordinates): Coordinates {
  let before: Coordinates = [];
  let current = q; // f_k q
  let total: Coordinates = [];
  p.forEach((weight, k) => {
    total = sum(total, current.map((value) => weight * value));
    const { a, b, c } = family.recurrence(k);
    const next = sum(timesLinear(family, current, a.valueOf(), b.valueOf()), before.map((value) => -c.valueOf() * value));
    before = current;
    current = next;
  });
  return total;
}
