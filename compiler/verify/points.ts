import type { Point } from './quotient.js';
import { rational, type Fraction } from '../exact/rational.js';
import type { Spec } from '../spec.js';

/**
 * Rational points at which programs are compared, in pairs: one with |x| < 1 and one with |x| > 4, where the stabilised form
 * takes its two ways. The coefficients come from a fixed linear congruential generator, so that every machine
 * checks the same; two rational functions of these degrees that differ agree at such a point with probability
 * below 1e-4 (Schwartz and Zippel), and have to at both.
 */
export function samplePoints({ m, n }: Spec, pairs = 1): readonly Point[] {
  const random = new Lcg(BigInt(1 + m * 64 + n));
  const pair = (): Fraction[] => [
    rational(random.between(1, 9972), 9973),
    rational(-4 * 9973 - random.between(1, 9972), 9973),
  ];
  return Array.from({ length: pairs }, pair)
    .flat()
    .map((x) => ({
      x,
      dy: random.coefficient(),
      c: Array.from({ length: m + 1 }, () => random.coefficient()),
      d: Array.from({ length: n }, () => random.coefficient()),
    }));
}

/** Knuth's MMIX generator: 64 bits, the top 31 used. */
class Lcg {
  constructor(private state: bigint) {}

  between(low: number, high: number): number {
    this.state = (this.state * 6364136223846793005n + 1442695040888963407n) % (1n << 64n);
    return low + (Number(this.state >> 33n) % (high - low + 1));
  }

  /** A non-zero rational of either sign. */
  coefficient(): Fraction {
    const size = this.between(1, 9972);
    return rational(this.between(0, 1) === 0 ? -size : size, 997);
  }
}
