import { CEILING, FLOOR, type DenominatorModel } from './denominator-model.js';
import { exp } from './elementary.js';

/**
 * Q = 1 + sum_k p_k g_k(x) with p_k >= FLOOR and g_k >= 0. With g_j = |f_j| it is sum-abs, where the signs of d do not
 * matter to F; with squares for g_k it is a polynomial without real zeros.
 */
export function nonnegativeSum(
  terms: readonly Float64Array[],
  coefficients: DenominatorModel['coefficients'] = (p) => p,
): DenominatorModel {
  return {
    lower: new Float64Array(terms.length).fill(FLOOR),
    upper: new Float64Array(terms.length).fill(CEILING),
    // Useful sizes span decades (a kink needs 100, a correction 0.01): uniform in the logarithm.
    start: (random) => Float64Array.from(terms, () => exp(-5 + 9 * random())),
    values: (p) => combine(p, terms).map((sum) => 1 + sum),
    slopes: (_, q) => terms.map((term) => term.map((value, i) => value / q[i]!)),
    coefficients,
  };
}

/** Q = 1 + |A|, A = sum_j p_j f_j: abs-sum. `signs` keep each p_j on its side of zero, at least FLOOR away. */
export function absoluteSum(terms: readonly Float64Array[], signs?: Float64Array): DenominatorModel {
  return {
    lower: Float64Array.from(terms, (_, j) => ((signs?.[j] ?? -1) > 0 ? FLOOR : -CEILING)),
    upper: Float64Array.from(terms, (_, j) => ((signs?.[j] ?? 1) < 0 ? -FLOOR : CEILING)),
    start: (random) => Float64Array.from(terms, () => (random() < 0.5 ? -1 : 1) * exp(-5 + 9 * random())),
    values: (p) => combine(p, terms).map((sum) => 1 + Math.abs(sum)),
    slopes: (p, q) => {
      const signed = combine(p, terms).map((a, i) => (a < 0 ? -q[i]! : q[i]!));
      return terms.map((term) => term.map((value, i) => value / signed[i]!));
    },
    coefficients: (p) => p,
  };
}

function combine(weights: Float64Array, columns: readonly Float64Array[]): Float64Array {
  const sum = new Float64Array(columns[0]?.length ?? 0);
  columns.forEach((column, k) => {
    for (let i = 0; i < sum.length; i++) sum[i]! += weights[k]! * column[i]!;
  });
  return sum;
}
