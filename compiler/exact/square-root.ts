import { fromNumber, isNegative, isZero, type Fraction } from './rational.js';

/** Significant bits of a float64. */
const PRECISION = 53;

/**
 * The float64 nearest to the square root of a positive rational, as an exact rational. In integers: engines are free to
 * round Math.sqrt as they like, and the value need not fit a float64 before the root is taken.
 */
export function nearestSquareRoot(value: Fraction): Fraction {
  if (isNegative(value) || isZero(value)) throw new RangeError(`${value.toFraction()} has no positive square root`);
  // The root of value 4^shift has 55 to 57 bits before the point: more than it is rounded to.
  const bits = value.n.toString(2).length - value.d.toString(2).length;
  const shift = PRECISION + 3 - Math.floor(bits / 2);
  const scaled = shift >= 0 ? [value.n << BigInt(2 * shift), value.d] : [value.n, value.d << BigInt(-2 * shift)];
  const root = squareRoot(scaled[0]! / scaled[1]!);
  // Of what is cut off only whether it is 0 matters: one more bit that says so rounds as it would.
  const isExact = root * root * scaled[1]! === scaled[0]!;
  return fromNumber(Number(2n * root + (isExact ? 0n : 1n)) * 2 ** (-1 - shift));
}

/** The largest integer whose square does not exceed n, by Newton's method. */
function squareRoot(n: bigint): bigint {
  let root = 1n << BigInt(Math.ceil(n.toString(2).length / 2));
  for (;;) {
    const next = (root + n / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}
