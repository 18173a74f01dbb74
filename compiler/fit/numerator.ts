import { expandFamily } from '../exact/polynomial.js';
import { ZERO, type Fraction } from '../exact/rational.js';
import type { Family } from '../bases/index.js';
import type { Spec } from '../spec.js';

/** What P is made of at the rows of a problem: P = `fixed` + sum_k w_k columns[k], all of it normalised. */
export interface Numerator {
  readonly columns: readonly Float64Array[];
  /** Column k stands for the coefficient c_{k + first}. */
  readonly first: number;
  readonly fixed: Float64Array;
}

/** Every f_i, or for F(0) = 0 every f_i - f_i(0), i >= 1, which leaves c_0 to follow from the others. */
export function numeratorOf(spec: Spec, basis: readonly Float64Array[], sizes: readonly number[]): Numerator {
  const fixed = new Float64Array(basis[0]!.length);
  const terms = basis.slice(0, spec.m + 1);
  if (!spec.zeroCentre) return { columns: terms, first: 0, fixed };
  const atZero = valuesAtZero(spec.family, spec.m).map((value, i) => value.valueOf() / sizes[i]!);
  return {
    columns: terms.map((f, i) => f.map((value) => value - atZero[i]!)).slice(1),
    first: 1,
    fixed,
  };
}

/** f_0(0) .. f_top(0), exactly. */
export const valuesAtZero = (family: Family, top: number): readonly Fraction[] =>
  expandFamily(family, top).map((f) => f[0] ?? ZERO);

/** The numerator with its last column fixed at a weight. */
export function fixLast({ columns, first, fixed }: Numerator, weight: number): Numerator {
  const last = columns.at(-1)!;
  return { columns: columns.slice(0, -1), first, fixed: fixed.map((value, i) => value + weight * last[i]!) };
}
