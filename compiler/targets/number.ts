import { Fraction, isNegative, isZero } from '../exact/rational.js';

/** An IEEE binary format. */
export interface FloatFormat {
  /** Significant bits, the hidden one included. */
  readonly precision: number;
  /** Exponent of the smallest normal number. */
  readonly minExponent: number;
  readonly max: number;
}

export const FLOAT32: FloatFormat = { precision: 24, minExponent: -126, max: (2 - 2 ** -23) * 2 ** 127 };
export const FLOAT64: FloatFormat = { precision: 53, minExponent: -1022, max: Number.MAX_VALUE };

/** The format's number nearest to an exact rational, ties to even; infinite where it is out of range. */
export function nearest(value: Fraction, format: FloatFormat): number {
  if (isZero(value)) return 0;
  const { n: numerator, d: denominator } = value;
  // 2^exponent <= |value| < 2^(exponent + 1), up to one that the comparison below corrects.
  let exponent = bitLength(numerator) - bitLength(denominator);
  if (compareToPowerOfTwo(numerator, denominator, exponent) < 0) exponent--;
  const quantum = Math.max(exponent, format.minExponent) - format.precision + 1;
  const [top, bottom] =
    quantum >= 0 ? [numerator, denominator << BigInt(quantum)] : [numerator << BigInt(-quantum), denominator];
  const steps = roundedQuotient(top, bottom);
  const magnitude = Number(steps) * 2 ** quantum;
  return (isNegative(value) ? -1 : 1) * (magnitude > format.max ? Infinity : magnitude);
}

/**
 * The shortest text that reads back to the format's number nearest to `value`, for every language: it always has a
 * point or an exponent (`2.0`, `1e+21`), so that it is a float everywhere. Throws RangeError for what does not fit.
 */
export function numberText(value: Fraction, format: FloatFormat): string {
  const rounded = nearest(value, format);
  if (!Number.isFinite(rounded)) throw new RangeError(`${value.toFraction()} does not fit the number format`);
  return shortest(rounded, format);
}

/** The same for a number that is already of the format. */
export function shortest(value: number, format: FloatFormat): string {
  const text = format === FLOAT64 ? String(value) : shortestFloat32(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

function shortestFloat32(value: number): string {
  for (let digits = 1; digits < 17; digits++) {
    const candidate = Number(value.toPrecision(digits));
    if (Math.fround(candidate) === value) return String(candidate);
  }
  return String(value);
}

const bitLength = (value: bigint): number => value.toString(2).length;

function compareToPowerOfTwo(numerator: bigint, denominator: bigint, exponent: number): number {
  const [left, right] =
    exponent >= 0 ? [numerator, denominator << BigInt(exponent)] : [numerator << BigInt(-exponent), denominator];
  return left < right ? -1 : left > right ? 1 : 0;
}

function roundedQuotient(top: bigint, bottom: bigint): bigint {
  const quotient = top / bottom;
  const twiceRest = 2n * (top - quotient * bottom);
  const up = twiceRest > bottom || (twiceRest === bottom && quotient % 2n === 1n);
  return up ? quotient + 1n : quotient;
}
