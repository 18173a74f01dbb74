import type { Expansion } from './expand.js';
import { derivative, type Polynomial } from '../exact/polynomial.js';
import type { Denominator } from '../spec.js';

/** float32 inputs, coefficients and incoming gradients are below 2^128; the smallest gradient is 2^-149. */
const INPUT_BITS = 128;
const SMALLEST_BITS = 149;
const DOUBLE_BITS = 1023;

/**
 * Whether plain evaluation in doubles is right for every finite float32 x, coefficients and dy, so that it needs no
 * stabilising. From exact coefficient sums S (|f_k(x)| <= S |x|^k for |x| >= 1), in bits:
 *
 *   dy P           stays finite       128 (m + 2) + log2((m + 1) S) <= 1023
 *   Q              stays finite       128 (n + 1) + log2(n S + 1)   <= 1023
 *   y Q'           for abs-sum and none it can pass 2^1023, where P Q' / Q does. Then dy dF/dx = dy P Q' / Q^2 is
 *                  above 2^(1023 - 149) / Q, and the infinity is the right float32 wherever that is above 2^128, so
 *                  Q <= 2^(1023 - 149 - 128). For sum-abs, Q' / Q <= sum |f_j'| / |f_j| is bounded beyond the roots
 *                  of the f_j, which are below 2^8 here, and y Q' stays finite with P.
 *   (dy F / Q) f_j loses at most 2^-1075 |f_j| where the product before f_j is below 2^-1022. The bounds above keep f_j
 *                  below 2^896, and 2^-179 is nothing to a float32: F need not come last, as it must in float32.
 */
export function plainDoublesSuffice(expansion: Expansion, m: number, n: number, denominator: Denominator): boolean {
  const { polynomials } = expansion;
  const largest = Math.max(...polynomials.flatMap((p) => [coefficientBits(p), coefficientBits(derivative(p))]));
  const numeratorBits = INPUT_BITS * (m + 2) + Math.log2(m + 1) + largest;
  const denominatorBits = INPUT_BITS * (n + 1) + Math.log2(n + 1) + largest;
  const limit = denominator === 'sum-abs' ? DOUBLE_BITS : DOUBLE_BITS - SMALLEST_BITS - INPUT_BITS;
  return numeratorBits <= DOUBLE_BITS && denominatorBits <= limit;
}

/** log2 of the sum of the coefficients' magnitudes. */
const coefficientBits = (p: Polynomial): number => Math.log2(p.reduce((sum, a) => sum + Math.abs(a.valueOf()), 0) + 1);
