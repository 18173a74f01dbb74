import { CEILING, type DenominatorModel } from './denominator-model.js';
import { exp } from './elementary.js';

/** Useful sizes span decades (a kink needs 100, a correction 0.01), the more the more terms: uniform in the logarithm. */
const someSize = (random: () => number, terms: number): number => exp(-5 + (5 + Math.max(4, terms)) * random());

/**
 * Q = 1 + sum_k p_k g_k(x) with p_k >= floors[k] and g_k >= 0. With g_j = |f_j| it is sum-abs, where the signs of d do not
 * matter to F; with squares for g_k it is a polynomial without real zeros.
 */
export function nonnegativeSum(
  terms: readonly Float64Array[],
  floors: Float64Array,
  coefficients: DenominatorModel['coefficients'] = (p) => p,
): DenominatorModel {
  return {
    lower: floors,
    upper: new Float64Array(terms.length).fill(CEILING),
    start: (random) => Float64Array.from(terms, () => someSize(random, terms.length)),
    values: (p) => combine(p, terms).map((sum) => 1 + sum),
    slopes: (_, q) => terms.map((term) => term.map((value, i) => value / q[i]!)),
    coefficients,
  };
}

/** Q = 1 + |A|, A = sum_j p_j f_j: abs-sum. `signs` keep each p_j on its side of zero, at least floors[j] away. */
export function absoluteSum(
  terms: readonly Float64Array[],
  floors: Float64Array,
  signs?: Float64Array,
): DenominatorModel {
  return {
    lower: floors.map((floor, j) => ((signs?.[j] ?? -1) > 0 ? floor : -CEILING)),
    upper: floors.map((floor, j) => ((signs?.[j] ?? 1) < 0 ? -floor : CEILING)),
    start: (random) => Float64Array.from(terms, () => (random() < 0.5 ? -1 : 1) * someSize(random, terms.length)),
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
