import { FLOOR, type DenominatorModel } from './denominator-model.js';
import { exp } from './elementary.js';
import { product, sum, times, timesLinear, type Coordinates } from './basis-product.js';
import { floatSteps } from './basis-values.js';
import { nonnegativeSum } from './linear-denominator.js';
import type { Problem } from './problem.js';

/*
 * Models of Q = 1 + sum_j d_j f_j (denominator `none`) that have no real zero by construction.
 *
 * A Q of odd degree must have a real zero: it is one further factor 1 + x/FAR, with the zero beyond every tail.
 */

/** In radii of the interval: the zero of an odd Q lies at x = -192 for [-3, 3]. Further out its d_n would be dead. */
const FAR = 64;

/** Least height of a pole over the real axis, in radii: below it a small step of d in training puts it on the axis. */
const LEAST_HEIGHT = 0.01;

/** Q = prod_k ((x - a_k)^2 + b_k^2) over its share of f_0; parameters a_1, b_1, a_2, … in radii of the interval. */
export function polePairs({ spec, points, sizes }: Problem): DenominatorModel {
  const { family, n } = spec;
  const pairs = Math.floor(n / 2);
  const radius = radiusOf(spec.interval);
  const steps = floatSteps(family, n);
  const x = points.map((value) => value / radius);
  const tail = oddFactor(n, x);
  const perPair = (values: () => readonly [number, number]): Float64Array =>
    Float64Array.from(Array.from({ length: pairs }, values).flat());

  const coordinates = (p: Float64Array): Coordinates => {
    let q: Coordinates = n % 2 === 0 ? [1] : timesLinear(steps, [1], 1 / (FAR * radius), 1);
    for (let k = 0; k < p.length; k += 2) {
      const shifted = timesLinear(steps, q, 1 / radius, -p[k]!);
      q = sum(timesLinear(steps, shifted, 1 / radius, -p[k]!), times(q, square(p[k + 1]!)));
    }
    return q;
  };

  return {
    lower: perPair(() => [-4, LEAST_HEIGHT]),
    upper: perPair(() => [4, 8]),
    start: (random) => perPair(() => [2 * random() - 1, exp(-3.5 + 4 * random())]),
    values: (p) => {
      const share = coordinates(p)[0]!; // positive: the mean of Q in an orthogonal family, Q(0) for monomials
      const q = tail.map((value) => value / share);
      for (let k = 0; k < p.length; k += 2) {
        for (let i = 0; i < q.length; i++) q[i]! *= square(x[i]! - p[k]!) + square(p[k + 1]!);
      }
      return q;
    },
    gauge: (p) => coordinates(p)[0]!,
    // The slope of the share is the same at every row, and a constant multiple of F is in the numerator's span.
    slopes: (p) =>
      Array.from(p, (_, k) => {
        const [a, b] = k % 2 === 0 ? [p[k]!, p[k + 1]!] : [p[k - 1]!, p[k]!];
        return x.map((t) => (k % 2 === 0 ? 2 * (a - t) : 2 * b) / (square(t - a) + square(b)));
      }),
    coefficients: (p) => normalised(coordinates(p), sizes),
  };
}

/** The share of the neighbour in each square: it gives the terms of odd degree their coefficients. */
const NEIGHBOUR = 0.3;

/**
 * Q = 1 + sum_k p_k s_k^2, s_k a multiple of g_k + e g_{k-1} with g_k = f_k / max|f_k|, for degrees beyond the reach of pole
 * pairs: at least 1 everywhere. The s_k are scaled so that no normalised coordinate of s_k^2 exceeds 1: squares of L_16
 * have coordinates of 1e9 that cancel, and float32 d_j would not keep such a Q positive.
 */
export function sumOfSquares({ spec, points, sizes, basis }: Problem): DenominatorModel {
  const { family, n } = spec;
  const radius = radiusOf(spec.interval);
  const steps = floatSteps(family, n + 1);
  const tail = oddFactor(
    n,
    points.map((value) => value / radius),
  );
  const share = steps[0]!.a < 0 ? -NEIGHBOUR : NEIGHBOUR; // f_k f_{k-1} > 0 to the far right
  const terms = Array.from({ length: Math.floor(n / 2) }, (_, below) => {
    const k = below + 1;
    const root = Array.from({ length: k + 1 }, (_, l) =>
      l === k ? 1 / sizes[k]! : l === below ? share / sizes[l]! : 0,
    );
    const row = product(steps, root, root);
    const largest = row.reduce((most, value, j) => Math.max(most, Math.abs(value) * sizes[j]!), 0);
    const values = basis[k]!.map((value, i) => square(value + share * basis[below]![i]!) / largest);
    return { row: times(row, 1 / largest), values };
  });
  const even = (p: Float64Array): Coordinates =>
    terms.reduce((total, { row }, k) => sum(total, times(row, p[k]!)), [1] as Coordinates);
  const floors = Float64Array.from(terms, ({ row }, k) =>
    leastWeight(Math.abs(row[2 * k + 2]!) * sizes[2 * k + 2]!, 2 * k + 3 === n),
  );
  const model = nonnegativeSum(
    terms.map(({ values }) => values),
    floors,
    (p) => normalised(n % 2 === 0 ? even(p) : timesLinear(steps, even(p), 1 / (FAR * radius), 1), sizes),
  );
  return {
    ...model,
    values: (p) => model.values(p).map((value, i) => value * tail[i]!),
    slopes: (p) => model.slopes(p, model.values(p)), // the fixed factor cancels
  };
}

/** What no floor exceeds. */
const MOST_WEIGHT = 1e3;

/** The weight from which on a square keeps the d_j of its leading term alive, and that of the far zero's term after it. */
const leastWeight = (leading: number, beforeFarZero: boolean): number =>
  Math.min(MOST_WEIGHT, (FLOOR * (beforeFarZero ? FAR : 1)) / leading);

const square = (v: number): number => v * v;

const radiusOf = ([low, high]: readonly [number, number]): number => Math.max(Math.abs(low), Math.abs(high));

const oddFactor = (n: number, x: Float64Array): Float64Array => x.map((t) => (n % 2 === 0 ? 1 : 1 + t / FAR));

const normalised = (q: Coordinates, sizes: readonly number[]): Float64Array =>
  Float64Array.from(q.slice(1), (value, j) => (value / q[0]!) * sizes[j + 1]!);
