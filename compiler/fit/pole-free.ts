import type { DenominatorModel } from './denominator-model.js';
import { exp } from './elementary.js';
import { nonnegativeSum } from './linear-denominator.js';
import { product, sum, timesLinear, type Coordinates } from './basis-product.js';
import type { Problem } from './problem.js';

/*
 * Models of Q = 1 + sum_j d_j f_j (denominator `none`) that have no real zero by construction. F = P/Q does not care
 * about a constant factor of Q: the models leave it free, and coefficients() divides by the share of f_0.
 *
 * A Q of odd degree must have a real zero: it is one further factor 1 + x/FAR, with the zero beyond every sample.
 */

/** In radii of the interval: the zero of an odd Q lies at x = -192 for [-3, 3]. Further out its d_n would be dead. */
const FAR = 64;

/** Up to this n the poles are searched for one by one; beyond it float32 d_j no longer resolve them. */
export const MOST_POLES = 8;

/** Least height of a pole over the real axis, in radii: below it a small step of d in training puts it on the axis. */
const LEAST_HEIGHT = 0.01;

/** Q = prod_k ((x - a_k)^2 + b_k^2), up to a factor, parameters a_1, b_1, a_2, … in radii of the interval. */
export function polePairs({ spec, points, sizes }: Problem): DenominatorModel {
  const { family, n } = spec;
  const pairs = Math.floor(n / 2);
  const radius = radiusOf(spec.interval);
  const x = points.map((value) => value / radius);
  const tail = oddFactor(n, x);
  const perPair = (values: (k: number) => readonly [number, number]): Float64Array =>
    Float64Array.from(Array.from({ length: pairs }, (_, k) => values(k)).flat());
  return {
    lower: perPair(() => [-4, LEAST_HEIGHT]),
    upper: perPair(() => [4, 8]),
    start: (random) => perPair(() => [2 * random() - 1, exp(-3.5 + 4 * random())]),
    values: (p) => {
      const q = tail.slice();
      for (let k = 0; k < p.length; k += 2) {
        for (let i = 0; i < q.length; i++) q[i]! *= square(x[i]! - p[k]!) + square(p[k + 1]!);
      }
      return q;
    },
    slopes: (p) =>
      Array.from(p, (_, k) => {
        const [a, b] = k % 2 === 0 ? [p[k]!, p[k + 1]!] : [p[k - 1]!, p[k]!];
        return x.map((t) => (k % 2 === 0 ? 2 * (a - t) : 2 * b) / ((t - a) * (t - a) + b * b));
      }),
    coefficients: (p) => {
      let q: Coordinates = n % 2 === 0 ? [1] : timesLinear(family, [1], 1 / (FAR * radius), 1);
      for (let k = 0; k < 2 * pairs; k += 2) {
        const [a, b] = [p[k]! * radius, p[k + 1]! * radius];
        const shifted = timesLinear(family, q, 1, -a);
        q = sum(timesLinear(family, shifted, 1, -a), q.map((value) => b * b * value));
      }
      return normalised(q, sizes);
    },
  };
}

/** The share of the neighbour in each square: it gives the terms of odd degree their coefficients. */
const NEIGHBOUR = 0.3;

/**
 * Q = 1 + sum_k p_k (g_k + e g_{k-1})^2 with g_k = f_k / max|f_k|, for degrees beyond the reach of pole pairs: at least 1
 * everywhere, no term far above the sum, hence safe under float32 rounding of d in every basis.
 */
export function sumOfSquares({ spec, points, sizes, basis }: Problem): DenominatorModel {
  const { family, n } = spec;
  const radius = radiusOf(spec.interval);
  const tail = oddFactor(n, points.map((value) => value / radius));
  const share = family.recurrence(0).a.valueOf() < 0 ? -NEIGHBOUR : NEIGHBOUR; // f_k f_{k-1} > 0 to the far right
  const orders = Array.from({ length: Math.floor(n / 2) }, (_, k) => k + 1);
  const squares = orders.map((k) => basis[k]!.map((value, i) => square(value + share * basis[k - 1]![i]!)));
  const rows = orders.map((k) => {
    const root = Array.from({ length: k + 1 }, (_, l) => (l === k ? 1 / sizes[k]! : l === k - 1 ? share / sizes[l]! : 0));
    return product(family, root, root);
  });
  const model = nonnegativeSum(squares, (p) => {
    const even = rows.reduce((total, row, k) => sum(total, row.map((value) => p[k]! * value)), [1] as Coordinates);
    return normalised(n % 2 === 0 ? even : timesLinear(family, even, 1 / (FAR * radius), 1), sizes);
  });
  return {
    ...model,
    values: (p) => model.values(p).map((value, i) => value * tail[i]!),
    slopes: (p) => model.slopes(p, model.values(p)), // the fixed factor cancels
  };
}

const square = (v: number): number => v * v;

const radiusOf = ([low, high]: readonly [number, number]): number => Math.max(Math.abs(low), Math.abs(high));

const oddFactor = (n: number, x: Float64Array): Float64Array => x.map((t) => (n % 2 === 0 ? 1 : 1 + t / FAR));

const normalised = (q: Coordinates, sizes: readonly number[]): Float64Array =>
  Float64Array.from(q.slice(1), (value, j) => (value / q[0]!) * sizes[j + 1]!);
