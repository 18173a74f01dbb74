import Fraction from 'fraction.js';

export { default as Fraction } from 'fraction.js';

/** The exact rational numerator / denominator. */
export const rational = (numerator: number | bigint, denominator: number | bigint = 1): Fraction =>
  new Fraction(BigInt(numerator), BigInt(denominator));

export const ZERO = rational(0);
export const ONE = rational(1);

export const isZero = (value: Fraction): boolean => value.n === 0n;
export const isNegative = (value: Fraction): boolean => value.s < 0n;

/** The exact rational value of a finite double: every finite float is a fraction. */
export function fromNumber(value: number): Fraction {
  if (!Number.isFinite(value)) throw new RangeError(`no rational equals ${value}`);
  let scale = 1n;
  let scaled = value;
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    scale *= 2n;
  }
  return new Fraction(BigInt(scaled), scale);
}
