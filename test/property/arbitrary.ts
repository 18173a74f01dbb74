import fc from 'fast-check';
import type { Operands } from './exact-truth.js';
import { families } from '../../compiler/bases/index.js';
import { DENOMINATORS, type Denominator } from '../../compiler/spec.js';

export interface Shape {
  readonly basis: string;
  readonly m: number;
  readonly n: number;
  readonly denominator: Denominator;
}

/** Any activation up to a degree. */
export const shapes = (top: number): fc.Arbitrary<Shape> =>
  fc
    .record({
      basis: fc.constantFrom(...families.map(({ name }) => name)),
      m: fc.nat(top),
      n: fc.nat(top),
      denominator: fc.constantFrom(...DENOMINATORS),
    })
    .filter(({ m, n }) => m + n > 0);

/** What no random float is: kinks, exact roots of low polynomials, the ends of the range. */
const HARD = [0, -0, 1, -1, 2, -2, 0.5, -0.5, 1e-30, -1e-30, 1e-45, 3e38, -3e38, 512, 2 ** 21, 16777216];

const anyFloat = (): fc.Arbitrary<number> => fc.float({ noNaN: true, noDefaultInfinity: true });

/** A number such as networks have: any mantissa, and an exponent from 2^-8 to 2^8. */
const usual = (): fc.Arbitrary<number> =>
  fc
    .tuple(fc.float({ min: 1, max: 2, noNaN: true }), fc.integer({ min: -8, max: 8 }), fc.boolean())
    .map(([mantissa, exponent, negative]) => Math.fround((negative ? -mantissa : mantissa) * 2 ** exponent));

/** Any finite float32 at all, as often a usual or a hard one. */
export const finite = (): fc.Arbitrary<number> =>
  fc.oneof(anyFloat(), usual(), fc.constantFrom(...HARD.map(Math.fround)));

/** Coefficients that a network may have: usual ones and zeros of either sign. */
const coefficient = (): fc.Arbitrary<number> =>
  fc.oneof({ weight: 6, arbitrary: usual() }, { weight: 1, arbitrary: fc.constantFrom(0, -0) });

const list = (length: number, of: fc.Arbitrary<number>): fc.Arbitrary<number[]> =>
  fc.array(of, { minLength: length, maxLength: length });

/** Any finite x, with coefficients and an incoming gradient of usual sizes. */
export const usualOperands = ({ m, n }: Shape): fc.Arbitrary<Operands> =>
  fc.record({ x: finite(), dy: usual(), c: list(m + 1, coefficient()), d: list(n, coefficient()) });

/** Any finite numbers for everything. */
export const anyOperands = ({ m, n }: Shape): fc.Arbitrary<Operands> =>
  fc.record({ x: finite(), dy: finite(), c: list(m + 1, finite()), d: list(n, finite()) });

/** One of the activations, and operands for it. */
export const cases = (
  among: readonly Shape[],
  operands: (shape: Shape) => fc.Arbitrary<Operands>,
): fc.Arbitrary<readonly [Shape, Operands]> =>
  fc.constantFrom(...among).chain((shape) => fc.tuple(fc.constant(shape), operands(shape)));
