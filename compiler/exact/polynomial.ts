import { isZero, ONE, rational, ZERO, type Fraction } from './rational.js';
import type { Family } from '../bases/family.js';

/** A polynomial with exact coefficients, lowest power first, without trailing zeros; [] is zero. */
export type Polynomial = readonly Fraction[];

const trimmed = (coefficients: Fraction[]): Polynomial => {
  while (coefficients.length > 0 && isZero(coefficients[coefficients.length - 1]!)) coefficients.pop();
  return coefficients;
};

export const degree = (p: Polynomial): number => p.length - 1;

export function add(p: Polynomial, q: Polynomial): Polynomial {
  const length = Math.max(p.length, q.length);
  return trimmed(Array.from({ length }, (_, i) => (p[i] ?? ZERO).add(q[i] ?? ZERO)));
}

export const scale = (p: Polynomial, factor: Fraction): Polynomial => trimmed(p.map((a) => a.mul(factor)));

export function multiply(p: Polynomial, q: Polynomial): Polynomial {
  return p.reduce<Polynomial>((sum, a, i) => add(sum, [...Array.from({ length: i }, () => ZERO), ...scale(q, a)]), []);
}

/** x p(x). */
export const timesX = (p: Polynomial): Polynomial => (p.length === 0 ? p : [ZERO, ...p]);

export const derivative = (p: Polynomial): Polynomial => trimmed(p.slice(1).map((a, i) => a.mul(rational(i + 1))));

/** p(x) by Horner's rule, exactly. */
export const evaluate = (p: Polynomial, x: Fraction): Fraction => p.reduceRight((sum, a) => sum.mul(x).add(a), ZERO);

export const equal = (p: Polynomial, q: Polynomial): boolean =>
  p.length === q.length && p.every((a, i) => a.equals(q[i]!));

/** f_0 .. f_top of a family, from its recurrence. */
export function expandFamily(family: Family, top: number): readonly Polynomial[] {
  const f: Polynomial[] = [[ONE]];
  for (let k = 0; k < top; k++) {
    const { a, b, c } = family.recurrence(k);
    const rising = add(scale(timesX(f[k]!), a), scale(f[k]!, b));
    f.push(k === 0 ? rising : add(rising, scale(f[k - 1]!, c.neg())));
  }
  return f;
}

/**
 * The coordinates of p in a basis whose k-th member has degree exactly k: p = sum_k result[k] basis[k].
 * Throws RangeError where the basis does not reach p's degree.
 */
export function inBasis(p: Polynomial, basis: readonly Polynomial[]): readonly Fraction[] {
  const coordinates: Fraction[] = [];
  let rest = p;
  while (rest.length > 0) {
    const k = degree(rest);
    const member = basis[k];
    if (member === undefined) throw new RangeError(`the basis ends before degree ${k}`);
    const weight = rest[k]!.div(member[k]!);
    coordinates[k] = weight;
    rest = add(rest, scale(member, weight.neg()));
  }
  return Array.from(coordinates, (weight) => weight ?? ZERO);
}
