import type { BigNumber } from 'mathjs';
import { fromNumber, isNegative, type Fraction } from '../../exact/rational.js';
import type { Arithmetic } from '../../expr/evaluate.js';

export type Big = BigNumber;

/** Arithmetic in numbers of 64 decimal digits, whose exponents never end in practice. */
export interface Digits extends Arithmetic<Big> {
  /** The exact value of a double. */
  of(value: number): Big;
}

export const DIGITS = 64;

/** mathjs's BigNumbers. Importing mathjs takes a second or two. */
export async function loadDigits(): Promise<Digits> {
  const { create, all } = await import('mathjs');
  const math = create(all!, { number: 'BigNumber', precision: DIGITS });
  const fraction = (value: Fraction): Big => {
    const size = math.bignumber(String(value.n)).div(String(value.d));
    return isNegative(value) ? size.neg() : size;
  };
  return {
    // Not bignumber(value), which takes the shortest decimal that reads back to the double.
    of: (value) => fraction(fromNumber(value)),
    constant: fraction,
    add: (a, b) => a.plus(b),
    sub: (a, b) => a.minus(b),
    mul: (a, b) => a.times(b),
    div: (a, b) => a.div(b),
    max: (a, b) => (a.lt(b) ? b : a),
    neg: (a) => a.neg(),
    abs: (a) => a.abs(),
    sgn: (a) => math.bignumber(a.isNegative() && !a.isZero() ? -1 : 1),
  };
}
