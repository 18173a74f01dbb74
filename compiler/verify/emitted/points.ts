import type { Activation } from '../../activation.js';
import { evaluate } from '../../exact/polynomial.js';
import { isZero, rational, type Fraction } from '../../exact/rational.js';
import { basisValues } from '../../fit/basis-values.js';
import { seededRandom } from '../../fit/random.js';
import { safeRadius } from '../../stages/radius.js';
import { SAFE } from '../../stages/safe.js';
import type { Expansion } from '../../stages/expand.js';

/** Coefficients to look at F with. */
export interface Coefficients {
  readonly name: string;
  readonly c: Float32Array;
  readonly d: Float32Array;
  /** Whether the highest d_j are 0, so that a large |x|^n overflows where Q does not. */
  readonly isDead: boolean;
}

/** Eighths up to 4 at which some f_k is exactly 0. */
export function exactRoots({ polynomials }: Expansion): readonly Fraction[] {
  const candidates = Array.from({ length: 65 }, (_, i) => rational(i - 32, 8));
  return candidates.filter((x) => polynomials.slice(1).some((p) => isZero(evaluate(p, x))));
}

const FLOAT32_MAX = (2 - 2 ** -23) * 2 ** 127;
const SIZES = [1e-45, 1e-38, 1e-30, 1e-10, 1e-3, 0.5, 1, 2, 3, 10, 100, 1e4, 1e10, 1e20, 3e38, FLOAT32_MAX];

/** Zeros, numbers of every size, roots and the numbers beside them, both sides of what is safe, infinities and NaN. */
export function hardPoints({ expansion, plain, unscaled, spec }: Activation): readonly number[] {
  const radii = [plain.forward, plain.backward, unscaled.forward, unscaled.backward].map(safeRadius);
  const edges = [...radii.filter((radius) => radius !== undefined), 4].flatMap(withNeighbours);
  const magnitudes = [...SIZES.map(Math.fround), ...edges];
  const roots = exactRoots(expansion).map((x) => x.valueOf());
  const all = [
    0,
    -0,
    NaN,
    Infinity,
    -Infinity,
    ...roots,
    ...spec.interval.map(Math.fround),
    ...inexactRoots(expansion),
  ];
  return unique([...all, ...magnitudes.flatMap((x) => [x, -x])]);
}

/** Roots between -4 and 4 that float32 does not have, from both sides. */
function inexactRoots({ family, polynomials }: Expansion): readonly number[] {
  const top = polynomials.length - 1;
  const grid = Float64Array.from({ length: 4001 }, (_, i) => (i - 2000) / 500);
  const value = (k: number, x: number): number => basisValues(family, top, Float64Array.of(x))[k]![0]!;
  const found = basisValues(family, top, grid).flatMap((f, k) =>
    Array.from(grid.subarray(1)).flatMap((right, i) => {
      if (f[i]! * f[i + 1]! >= 0) return [];
      let [low, high] = [grid[i]!, right];
      const sign = Math.sign(f[i]!);
      for (let step = 0; step < 40; step++) {
        const middle = (low + high) / 2;
        if (Math.sign(value(k, middle)) === sign) low = middle;
        else high = middle;
      }
      return withNeighbours(Math.fround(low));
    }),
  );
  // Polynomials of high degree have many: a few of every size will do.
  return found.filter((_, i) => i % Math.ceil(found.length / MOST_ROOTS || 1) === 0);
}

const MOST_ROOTS = 30;

const unique = (values: readonly number[]): readonly number[] =>
  values.filter((value, i) => values.findIndex((other) => Object.is(other, value)) === i);

/** A float32 number between those next to it. */
export function withNeighbours(x: number): readonly number[] {
  const bits = new Int32Array(new Float32Array([x]).buffer)[0]!;
  return [bits - 1, bits, bits + 1].map((b) => new Float32Array(new Int32Array([b]).buffer)[0]!);
}

/** The fit, random ones, a denominator that is dead, and both sides of the largest that are safe for float32. */
export function coefficientSets({ spec, fit }: Activation): readonly Coefficients[] {
  const { m, n } = spec;
  const random = seededRandom(1 + 64 * m + n);
  const uniform = (length: number, size: number): Float32Array =>
    Float32Array.from({ length }, () => size * (2 * random() - 1));
  const zero = (length: number): Float32Array => new Float32Array(length);
  const [fittedC, fittedD] = [Float32Array.from(fit.c), Float32Array.from(fit.d)];
  const largest = (length: number, size: number): Float32Array => uniform(length, 1).map((v) => (v < 0 ? -size : size));
  const sets = [
    { name: 'fit', c: fittedC, d: fittedD, isDead: false },
    { name: 'random', c: uniform(m + 1, 1), d: uniform(n, 1), isDead: false },
    { name: 'small random', c: uniform(m + 1, 1e-3), d: uniform(n, 1e-3), isDead: false },
    { name: 'd = 0', c: uniform(m + 1, 1), d: zero(n), isDead: true },
    { name: 'd = -0', c: fittedC, d: zero(n).fill(-0), isDead: true },
    { name: 'c = 0', c: zero(m + 1), d: uniform(n, 1), isDead: false },
    { name: 'largest safe', c: largest(m + 1, SAFE.coefficient), d: largest(n, SAFE.coefficient), isDead: false },
    {
      name: 'beyond safe',
      c: largest(m + 1, SAFE.coefficient + 1),
      d: largest(n, SAFE.coefficient + 1),
      isDead: false,
    },
  ];
  return n === 0 ? sets.filter(({ name }) => !/^d = /.test(name)) : sets;
}

/** Incoming gradients: both sides of what is safe, and far beyond. */
export const INCOMING = [
  0,
  -1,
  SAFE.heaviest,
  2 * SAFE.heaviest,
  SAFE.lightest,
  SAFE.lightest / 2,
  1e-30,
  -1e-38,
  1e20,
].map(Math.fround);

/** Random x, most of them within the fit's interval. */
export function randomPoints(count: number, [low, high]: readonly [number, number]): Float32Array {
  const random = seededRandom(count);
  return Float32Array.from({ length: count }, (_, i) =>
    i % 8 === 7 ? 20 * (random() - 0.5) : low + (high - low) * random(),
  );
}
