import { expandFamily } from '../exact/polynomial.js';
import { fromNumber, isNegative, type Fraction } from '../exact/rational.js';
import type { Spec } from '../spec.js';
import type { Target } from './target.js';

/** F'(-inf) and F'(inf); infinite where F grows faster than x. */
export type Slopes = readonly [left: number, right: number];

/** Exactly, from the leading coefficients of P and Q: F ~ (p / |q|) x^m / |x|^n, or with denominator `none` (p / q) x^(m-n). */
export function slopesAtInfinity({ family, denominator }: Spec, c: readonly number[], d: readonly number[]): Slopes {
  const m = lastOf(c);
  const n = lastOf(d) + 1;
  if (m <= n) return [0, 0];
  const f = expandFamily(family, Math.max(m, n));
  const lead = (k: number, weight: number): Fraction => f[k]!.at(-1)!.mul(fromNumber(weight));
  const p = lead(m, c[m]!);
  const q = n === 0 ? fromNumber(1) : lead(n, d[n - 1]!);
  const safe = denominator !== 'none';
  const ratio = p.div(safe ? q.abs() : q);
  const right = m === n + 1 ? ratio.valueOf() : isNegative(ratio) ? -Infinity : Infinity;
  // For x < 0, x^m / |x|^n falls by the power of -1 that |x| hides, and x^(m-n) by the one that its derivative has.
  const flips = safe && n > 0 ? m + 1 : m - n + 1;
  return [flips % 2 === 0 ? right : -right, right];
}

/** The index of the last that is not 0, or -1. */
const lastOf = (values: readonly number[]): number => values.reduce((last, value, k) => (value === 0 ? last : k), -1);

/** Where a target's slope is taken: between x and 2x, and between 2x and 4x. */
const FAR = 2 ** 16;

/** The slopes that a target tends to, by differences far out; NaN on a side where it tends to none, or is not defined. */
export function targetSlopes({ evaluate }: Target): Slopes {
  const slope = (from: number): number => {
    const [near, middle, far] = [1, 2, 4].map((factor) => evaluate(factor * from)) as [number, number, number];
    const [first, second] = [(middle - near) / from, (far - middle) / (2 * from)];
    return Math.abs(first - second) <= 0.01 * Math.max(0.1, Math.abs(second)) ? second : NaN;
  };
  return [slope(-FAR), slope(FAR)];
}
