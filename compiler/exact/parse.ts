import { Fraction } from './rational.js';

const WRITTEN = /^[-+]?(?:\d+(?:\.\d*)?|\.\d+|\d+\/\d+)$/;
const [LARGEST_NUMERATOR, LARGEST_DENOMINATOR] = [9999n, 1000n];

/** What `parseRational` takes, for messages. */
export const RATIONAL_FORM = 'a number such as -3, 0.25 or 1/3, at most 9999 over 1000';

/**
 * The exact rational that a person writes: `-3`, `0.25`, `1/3`. Undefined for anything else, and beyond 9999/1000: powers
 * of these numbers up to degree 32 have to stay within doubles.
 */
export function parseRational(text: string): Fraction | undefined {
  const bare = text.trim();
  if (!WRITTEN.test(bare) || /\/0*$/.test(bare)) return undefined;
  const value = new Fraction(bare);
  return value.n <= LARGEST_NUMERATOR && value.d <= LARGEST_DENOMINATOR ? value : undefined;
}
