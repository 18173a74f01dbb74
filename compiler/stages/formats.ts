import type { Polynomial } from '../exact/polynomial.js';
import { evaluate, doubleArithmetic } from '../expr/evaluate.js';
import { topological } from '../expr/node.js';
import type { Program } from '../program.js';
import type { Fit } from '../fit/index.js';
import type { Spec } from '../spec.js';
import type { Expansion } from './expand.js';

/** Up to here float32 has every whole number; 2^24 + 1 is the first that it has not. */
export const LARGEST_EXACT = 2 ** 24;

/** float16's largest number, in which WebGL computes on many phones. */
export const HALF_MAX = 65504;

/** Points of the interval at which values are looked at. */
const GRID = 120;

/** What an activation asks of number formats. */
export interface Magnitudes {
  /** The basis polynomial with the largest coefficient of all, and that coefficient's size. */
  readonly coefficient: { readonly k: number; readonly size: number };
  /** The largest value on the way to F and its gradients on the fit's interval, constants included, and where. */
  readonly value: { readonly x: number; readonly size: number };
}

/**
 * The largest coefficient of f_0 .. f_top, exactly, and the largest value in the program that is composed of tf ops, which is
 * the one that a float16 device may run: it is evaluated with the initial coefficients all over the interval.
 */
export function magnitudes(spec: Spec, { polynomials }: Expansion, program: Program, { c, d }: Fit): Magnitudes {
  const coefficient = largestCoefficient(polynomials);
  const nodes = topological(
    [...program.forward, ...program.backward].flatMap(({ expr, factor }) =>
      factor === undefined ? expr : [expr, factor],
    ),
  );
  const [low, high] = spec.interval;
  let value = { x: low, size: 0 };
  for (let i = 0; i <= GRID; i++) {
    const x = Math.fround(low + ((high - low) * i) / GRID);
    const inputs = new Map([
      ['x', x],
      ['dy', 1],
      ...c.map((ci, k): [string, number] => [`c${k}`, ci]),
      ...d.map((dj, j): [string, number] => [`d${j + 1}`, dj]),
    ]);
    for (const result of evaluate(nodes, inputs, doubleArithmetic)) {
      if (Math.abs(result) > value.size) value = { x, size: Math.abs(result) };
    }
  }
  return { coefficient, value };
}

export const largestCoefficient = (polynomials: readonly Polynomial[]): Magnitudes['coefficient'] =>
  polynomials.map(largestOf).reduce((most, size, k) => (size > most.size ? { k, size } : most), { k: 0, size: 0 });

const largestOf = (p: Polynomial): number => p.reduce((most, a) => Math.max(most, Math.abs(a.valueOf())), 0);

/** One line for each format that is left, and one that says what to do; none where all is well. */
export function cautions({ family, domain, normalise }: Spec, { coefficient, value }: Magnitudes): readonly string[] {
  const name = family.write(String(coefficient.k)).replace('(x)', '');
  const size = short(coefficient.size);
  const found = [
    ...(coefficient.size > LARGEST_EXACT
      ? [`${name} has a coefficient of size ${size}, beyond 2^24: float32 has not every whole number there`]
      : coefficient.size > HALF_MAX
        ? [`${name} has a coefficient of size ${size}, beyond ${HALF_MAX}, float16's largest number`]
        : []),
    ...(value.size > HALF_MAX
      ? [
          `values reach ${short(value.size)} at x = ${short(value.x)}, beyond ${HALF_MAX}: they overflow where WebGL has float16 only`,
        ]
      : []),
  ];
  if (found.length === 0) return [];
  const remedies = [
    ...(normalise ? [] : ['--normalise']),
    ...(domain === undefined ? ['--domain A,B'] : []),
    'lower degrees',
  ];
  return [...found, `smaller numbers come with ${remedies.join(', or ')}`];
}

const short = (value: number): string =>
  Math.abs(value) < 1e6 ? String(Number(value.toPrecision(3))) : value.toExponential(2).replace('+', '');
