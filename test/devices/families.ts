// The polynomials in doubles, each family from its definition (DLMF 18.3 and 18.9), moved and scaled by closed forms.
import type { Activation } from './device.js';

type Step = readonly [a: number, b: number, c: number];

interface Polynomials {
  /** f_{k+1} = (a x + b) f_k - c f_{k-1}, with f_0 = 1 and f_{-1} = 0. */
  readonly step: (k: number, ...parameters: readonly number[]) => Step;
  /** The mean of f_k^2 under the weight. */
  readonly square?: (k: number, ...parameters: readonly number[]) => number;
  /** What a domain is mapped onto; [-1, 1] if left out. */
  readonly home?: readonly [number, number];
}

const factorial = (k: number): number => (k < 2 ? 1 : k * factorial(k - 1));
/** z (z+1) ... (z+k-1) = Gamma(z+k) / Gamma(z). */
const rising = (z: number, k: number): number => (k === 0 ? 1 : rising(z, k - 1) * (z + k - 1));

const FAMILIES: Readonly<Record<string, Polynomials>> = {
  monomial: { step: () => [1, 0, 0] },
  'chebyshev-t': { step: (k) => [k === 0 ? 1 : 2, 0, 1], square: (k) => (k === 0 ? 1 : 1 / 2) },
  'chebyshev-u': { step: () => [2, 0, 1], square: () => 1 },
  'chebyshev-v': { step: (k) => [2, k === 0 ? -1 : 0, 1], square: () => 1 },
  'chebyshev-w': { step: (k) => [2, k === 0 ? 1 : 0, 1], square: () => 1 },
  legendre: { step: (k) => [(2 * k + 1) / (k + 1), 0, k / (k + 1)], square: (k) => 1 / (2 * k + 1) },
  laguerre: {
    step: (k, alpha = 0) => [-1 / (k + 1), (2 * k + 1 + alpha) / (k + 1), (k + alpha) / (k + 1)],
    square: (k, alpha = 0) => rising(alpha + 1, k) / factorial(k),
    home: [0, 6],
  },
  hermite: { step: (k) => [1, 0, k], square: factorial, home: [-3, 3] },
  'hermite-phys': { step: (k) => [2, 0, 2 * k], square: (k) => 2 ** k * factorial(k), home: [-2, 2] },
  jacobi: {
    step: (k, alpha = 0, beta = 0) => {
      const s = 2 * k + alpha + beta;
      if (k === 0) return [(s + 2) / 2, (alpha - beta) / 2, 0];
      const r = 2 * (k + 1) * (s + 1 - k) * s;
      const b = (s + 1) * (alpha ** 2 - beta ** 2);
      return [((s + 1) * s * (s + 2)) / r, b / r, (2 * (k + alpha) * (k + beta) * (s + 2)) / r];
    },
    square: (k, alpha = 0, beta = 0) => {
      const [s, t] = [alpha + beta + 1, 2 * k + alpha + beta + 1];
      // Gamma(s + k) / Gamma(s + 1), which is finite where s is 0.
      const last = k === 0 ? 1 / s : rising(s + 1, k - 1);
      return (rising(alpha + 1, k) * rising(beta + 1, k)) / (factorial(k) * t * last);
    },
  },
  gegenbauer: {
    step: (k, lambda = 1) => [(2 * (k + lambda)) / (k + 1), 0, (k + 2 * lambda - 1) / (k + 1)],
    square: (k, lambda = 1) => (lambda * rising(2 * lambda, k)) / (factorial(k) * (k + lambda)),
  },
};

const shiftOf = (low: number, high: number, [from, to]: readonly [number, number]): number =>
  (from * high - to * low) / (high - low);

export interface Series {
  /** f_k(x) and f_k'(x). */
  readonly f: readonly number[];
  readonly df: readonly number[];
  /** The same with every sign plus: what rounding errors are proportional to. */
  readonly sf: readonly number[];
  readonly sdf: readonly number[];
}

const fraction = (text: string): number => {
  const [above, below = 1] = text.split('/').map(Number);
  return above! / below;
};

/** f_0 .. f_top of an activation's basis at one x. */
export function series({ basis, domain, normalise = false }: Activation, x: number, top: number): Series {
  const [name, ...parameters] = basis.split(/[(),]/).filter((word) => word !== '');
  const { step, square, home = [-1, 1] } = FAMILIES[name!]!;
  const values = parameters.map(fraction);
  // u = slope x + shift: a shift that is 0 must not cost a tiny x its digits.
  const [low, high] = domain ?? home;
  const [slope, shift] = domain === undefined ? [1, 0] : [(home[1] - home[0]) / (high - low), shiftOf(low, high, home)];
  const [u, su] = [slope * x + shift, slope * Math.abs(x) + Math.abs(shift)];

  const [f, df, sf, sdf] = [[1], [0], [1], [0]];
  for (let k = 0; k < top; k++) {
    const [a, b, c] = step(k, ...values);
    const at = (all: readonly number[]): readonly [number, number] => [all[k]!, k === 0 ? 0 : all[k - 1]!];
    const [[f1, f0], [df1, df0], [sf1, sf0], [sdf1, sdf0]] = [at(f), at(df), at(sf), at(sdf)];
    f.push((a * u + b) * f1 - c * f0);
    df.push(a * slope * f1 + (a * u + b) * df1 - c * df0);
    const rise = Math.abs(a) * su + Math.abs(b);
    sf.push(rise * sf1 + Math.abs(c) * sf0);
    sdf.push(Math.abs(a) * slope * sf1 + rise * sdf1 + Math.abs(c) * sdf0);
  }
  const scaled = (all: readonly number[]): number[] =>
    normalise ? all.map((value, k) => value / Math.sqrt(square!(k, ...values))) : [...all];
  return { f: scaled(f), df: scaled(df), sf: scaled(sf), sdf: scaled(sdf) };
}
