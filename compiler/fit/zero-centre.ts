import { fromNumber, ZERO, type Fraction } from '../exact/rational.js';
import { powerOfTwo } from './elementary.js';

/*
 * F(0) = P(0) / Q(0) is 0 where sum_i c_i f_i(0) is. For Hermite 5/4 that is c_0 - c_2 + 3 c_4, three float32 numbers that
 * must cancel to the last bit, in exact arithmetic and in a kernel that adds float32 numbers in an order of its own. So
 * every c_i f_i(0) is made a multiple of one power of two, the unit, so large that no sum of them has more than 24 bits:
 * then nothing is ever rounded. What c_i may be are multiples of its step.
 *
 * That can cost too much: the values of a normalised family have odd parts of many bits, and on an interval where T_32
 * reaches 1e24 the steps of the high c_i are larger than they. Then only c_0 answers for F(0), to within its rounding.
 */

const BITS = 24; // of a float32's significand
const LEAST_EXPONENT = -126;

/**
 * The steps of c_0 .. c_m for coefficients near `c`: 0 where c_i is free because f_i(0) = 0. A step that is larger than
 * c_i, as for He_32(0) = 31!! with its 57 bits, makes c_i zero; it trains all the same.
 */
export function centredSteps(atZero: readonly Fraction[], c: readonly number[]): readonly number[] {
  const total = atZero.slice(1).reduce((sum, value, i) => sum + Math.abs(c[i + 1]! * value.valueOf()), 0);
  const unit = Math.max(exponentAbove(2 * total) - BITS, LEAST_EXPONENT);
  return atZero.map((value, i) => {
    if (value.equals(ZERO)) return 0;
    const [over, under] = [oddPart(value.n), oddPart(value.d)];
    const fine = unit - over.twos + under.twos; // c_i = j under.odd 2^fine gives j over.odd 2^unit
    const coarse = exponentAbove(Math.abs(c[i]!)) - BITS; // below it j under.odd would need more than 24 bits
    return Number(under.odd) * powerOfTwo(Math.max(fine, coarse, LEAST_EXPONENT));
  });
}

/** The float32 c_0 nearest to what makes sum_i c_i f_i(0) zero: that itself where the c_i are multiples of their steps. */
export function centring(atZero: readonly Fraction[], c: readonly number[]): number {
  const rest = atZero.slice(1).reduce((sum, value, i) => sum.add(value.mul(fromNumber(c[i + 1]!))), ZERO);
  return 0 - Math.fround(rest.valueOf());
}

/** The least e with 2^e >= value. */
function exponentAbove(value: number): number {
  let e = 0;
  while (powerOfTwo(e) < value) e++;
  while (e > LEAST_EXPONENT && powerOfTwo(e - 1) >= value) e--;
  return e;
}

function oddPart(value: bigint): { odd: bigint; twos: number } {
  let [odd, twos] = [value, 0];
  for (; odd % 2n === 0n; twos++) odd /= 2n;
  return { odd, twos };
}
