import type { Family } from './bases/index.js';
import { UsageError } from './errors.js';
import { add, expandFamily, inBasis, scale, type Polynomial } from './exact/polynomial.js';
import { isZero, ONE, ZERO, type Fraction } from './exact/rational.js';
import type { Denominator } from './spec.js';

/** c_0 .. c_m and d_1 .. d_n. */
export interface Coefficients {
  readonly c: readonly Fraction[];
  readonly d: readonly Fraction[];
}

/** A family and what to call it. */
export interface NamedBasis {
  readonly family: Family;
  readonly name: string;
}

/**
 * The coefficients in the basis `to` of the same function F, exactly. P is a polynomial and can always be written so. Of
 * Q's forms, those that are linear inside can be unless a constant is left over that they have no place for:
 *   none     1 + sum_j d_j f_j = q (1 + sum_j e_j g_j): P is divided by q, too; there is none where q = 0
 *   abs-sum  1 + |sum_j d_j f_j|: the sum must have no constant term in `to`
 *   sum-abs  1 + sum_j |d_j f_j|: each f_j must itself be a multiple of g_j
 * Throws UsageError that says which of these fails.
 */
export function convert({ c, d }: Coefficients, from: NamedBasis, to: NamedBasis, form: Denominator): Coefficients {
  const top = Math.max(c.length - 1, d.length);
  const [f, g] = [expandFamily(from.family, top), expandFamily(to.family, top)];
  const coordinates = (weights: readonly Fraction[]): readonly Fraction[] => {
    const p = weights.reduce<Polynomial>((sum, weight, k) => add(sum, scale(f[k]!, weight)), []);
    const found = inBasis(p, g);
    return weights.map((_, k) => found[k] ?? ZERO);
  };
  const numerator = coordinates(c);
  switch (form) {
    case 'none': {
      const [q, ...rest] = coordinates([ONE, ...d]);
      if (isZero(q!)) {
        throw new UsageError(
          `Q has no constant term in ${to.name}: it is not q (1 + sum_j d_j f_j) for any q, and cannot be converted`,
        );
      }
      return { c: numerator.map((weight) => weight.div(q!)), d: rest.map((weight) => weight.div(q!)) };
    }
    case 'abs-sum': {
      const [constant, ...rest] = coordinates([ZERO, ...d]);
      if (isZero(constant!)) return { c: numerator, d: rest };
      throw new UsageError(
        `sum_j d_j f_j has the constant term ${constant!.toFraction()} in ${to.name}, which Q = 1 + |sum_j d_j f_j| has ` +
          'no place for: convert the numerator alone, without d',
      );
    }
    case 'sum-abs':
      return {
        c: numerator,
        d: d.map((weight, j) => (isZero(weight) ? ZERO : weight.mul(factor(f[j + 1]!, g[j + 1]!, j + 1, from, to)))),
      };
    default:
      return form satisfies never;
  }
}

/** The factor by which p is a multiple of q, both of degree k. */
function factor(p: Polynomial, q: Polynomial, k: number, from: NamedBasis, to: NamedBasis): Fraction {
  const ratio = p[k]!.div(q[k]!);
  if (add(p, scale(q, ratio.neg())).length === 0) return ratio;
  throw new UsageError(
    `Q = 1 + sum_j |d_j f_j| is not linear in the f_j, and of degree ${k} ${from.name} is no multiple of ${to.name}: ` +
      'no d gives the same Q; convert the numerator alone, without d, or use --denominator abs-sum or none',
  );
}
