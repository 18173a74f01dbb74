import type { Family } from '../bases/index.js';
import { add, derivative, equal, expandFamily, inBasis, scale, type Polynomial } from '../exact/polynomial.js';
import { isZero, ZERO, type Fraction } from '../exact/rational.js';

/** f'_k = alpha f_{k-1} + beta f'_{k-1} + gamma f'_{k-2}: the sparse form that every classical family has. */
export interface DerivativeStep {
  readonly alpha: Fraction;
  readonly beta: Fraction;
  readonly gamma: Fraction;
}

/** What the compiler knows of a basis, exactly. */
export interface Expansion {
  readonly family: Family;
  /** f_0 .. f_top. */
  readonly polynomials: readonly Polynomial[];
  /** f'_k = sum_l derivatives[k][l] f_l. */
  readonly derivatives: readonly (readonly Fraction[])[];
  /** The sparse form of f'_k, at index k >= 1; undefined where f'_k has none. */
  readonly derivativeSteps: readonly (DerivativeStep | undefined)[];
}

/** Stage 1: the recurrence becomes polynomials over exact fractions, and their derivatives rows of the basis. */
export function expand(family: Family, top: number): Expansion {
  const polynomials = expandFamily(family, top);
  const derivatives = polynomials.map((p) => inBasis(derivative(p), polynomials));
  const derivativeSteps = derivatives.map((_, k) => (k === 0 ? undefined : findStep(polynomials, derivatives, k)));
  return { family, polynomials, derivatives, derivativeSteps };
}

/**
 * Solves row_k = alpha e_{k-1} + beta row_{k-1} + gamma row_{k-2} from its three highest entries, and keeps the
 * answer only if the polynomials agree in every coefficient. With it n derivatives cost O(n), not O(n^2).
 */
function findStep(
  polynomials: readonly Polynomial[],
  rows: readonly (readonly Fraction[])[],
  k: number,
): DerivativeStep | undefined {
  const entry = (row: number, column: number): Fraction => rows[row]?.[column] ?? ZERO;
  const ratio = (a: Fraction, b: Fraction): Fraction => (isZero(b) ? ZERO : a.div(b));
  const alpha = entry(k, k - 1);
  const beta = ratio(entry(k, k - 2), entry(k - 1, k - 2));
  const gamma = ratio(entry(k, k - 3).sub(beta.mul(entry(k - 1, k - 3))), entry(k - 2, k - 3));
  const previous = (i: number): Polynomial => derivative(polynomials[i] ?? []);
  const claimed = add(
    scale(polynomials[k - 1]!, alpha),
    add(scale(previous(k - 1), beta), scale(previous(k - 2), gamma)),
  );
  return equal(claimed, derivative(polynomials[k]!)) ? { alpha, beta, gamma } : undefined;
}
