import { describe, expect, it } from 'vitest';
import { families } from '../../compiler/bases/index.js';
import { expandFamily, inBasis, type Polynomial } from '../../compiler/exact/polynomial.js';
import { rational } from '../../compiler/exact/rational.js';
import { product, timesLinear } from '../../compiler/fit/basis-product.js';
import { floatSteps } from '../../compiler/fit/basis-values.js';
import { factorise, solveDefinite } from '../../compiler/fit/householder.js';
import { minimise } from '../../compiler/fit/levenberg-marquardt.js';
import { minimiseLast } from '../../compiler/fit/linear-program.js';
import { hasRealZero } from '../../compiler/fit/real-zeros.js';

const exact = (...coefficients: number[]): Polynomial => coefficients.map((value) => rational(value));

describe('Householder QR', () => {
  it('solves least squares: a line through four points', () => {
    const columns = [Float64Array.of(1, 1, 1, 1), Float64Array.of(0, 1, 2, 3)];
    const qr = factorise(columns);
    const y = Float64Array.of(1, 3, 4, 8); // normal equations by hand: intercept 0.7, slope 2.2
    qr.rotate(y);
    const [intercept, slope] = qr.solve(y);
    expect(intercept).toBeCloseTo(0.7, 13);
    expect(slope).toBeCloseTo(2.2, 13);
    expect(Math.hypot(y[2]!, y[3]!)).toBeCloseTo(Math.sqrt(1.8), 13); // what is left is the residual's length
  });

  it('gives a column of zeros no weight', () => {
    const qr = factorise([Float64Array.of(1, 1, 1), new Float64Array(3)]);
    const y = Float64Array.of(2, 2, 2);
    qr.rotate(y);
    expect(Array.from(qr.solve(y))).toEqual([expect.closeTo(2, 13), 0]);
  });
});

describe('Cholesky', () => {
  it('solves a definite system from its lower triangle and refuses an indefinite one', () => {
    const a = [Float64Array.of(4, NaN), Float64Array.of(2, 3)];
    expect(Array.from(solveDefinite(a, Float64Array.of(2, 5))!)).toEqual([expect.closeTo(-0.5), expect.closeTo(2)]);
    expect(solveDefinite([Float64Array.of(1, 0), Float64Array.of(2, 1)], Float64Array.of(1, 1))).toBeUndefined();
  });
});

describe('Levenberg and Marquardt', () => {
  /** Rosenbrock's function as squares: 1 - a and 10 (b - a^2), with its minimum at (1, 1). */
  const rosenbrock = (p: Float64Array) => {
    const [a, b] = [p[0]!, p[1]!];
    const residual = Float64Array.of(1 - a, 10 * (b - a * a));
    const jacobian = () => [Float64Array.of(-1, -20 * a), Float64Array.of(0, 10)];
    return { residual, jacobian, cost: residual[0]! ** 2 + residual[1]! ** 2 };
  };

  it('walks down a curved valley', () => {
    const bounds = { lower: Float64Array.of(-9, -9), upper: Float64Array.of(9, 9) };
    const { p } = minimise(rosenbrock, bounds, Float64Array.of(-1.2, 1), 100);
    expect(Array.from(p)).toEqual([expect.closeTo(1, 6), expect.closeTo(1, 6)]);
  });

  it('stops on a bound that the descent would cross', () => {
    const bounds = { lower: Float64Array.of(-9, -9), upper: Float64Array.of(0.5, 9) };
    const { p } = minimise(rosenbrock, bounds, Float64Array.of(-1.2, 1), 100);
    expect(Array.from(p)).toEqual([0.5, expect.closeTo(0.25, 6)]);
  });
});

describe('linear programs', () => {
  /** |x - value| <= t at each value, column-major; and x >= least. */
  const nearest = (values: readonly number[], least: number) => ({
    columns: [
      Float64Array.from([...values.map(() => 1), ...values.map(() => -1), -1]),
      Float64Array.from([...values.flatMap(() => [-1, -1]), 0]),
    ],
    limits: Float64Array.from([...values, ...values.map((value) => -value), -least]),
  });

  it.each([
    [[1, 2, 5, 9], -100, 5, 4],
    [[1, 2, 5, 9], 5, 5, 4], // the wall goes through the solution
    [[1, 2, 5, 9], 7, 7, 6],
    [[-3, -3, -2], -100, -2.5, 0.5],
  ])('finds what is nearest to %j and at least %d', (values, least, x, t) => {
    for (const start of [0, 50, -1e3]) {
      const z = minimiseLast(nearest(values, least), Float64Array.of(start, 10))!;
      expect(z[0]).toBeCloseTo(x, 5);
      expect(z[1]).toBeCloseTo(t, 5);
    }
  });

  it('starts on a wall as well', () => {
    const z = minimiseLast(nearest([1, 2, 5, 9], 1), Float64Array.of(1, 8))!;
    expect([...z]).toEqual([expect.closeTo(5, 6), expect.closeTo(4, 6)]);
  });

  it('gives no answer where there is none', () => {
    // x <= 0 and x >= 1
    const impossible = {
      columns: [Float64Array.of(1, -1, 0), Float64Array.of(0, 0, -1)],
      limits: Float64Array.of(0, -1, 0),
    };
    expect(minimiseLast(impossible, Float64Array.of(0, 1))).toBeUndefined();
  });
});

describe('products in a basis', () => {
  it.each(families)('$name agrees with exact arithmetic', (family) => {
    const steps = floatSteps(family, 8);
    const f = expandFamily(family, 8);
    // (x - 2) (3x + 1) = 3x^2 - 5x - 2, and its square.
    const factor = timesLinear(steps, timesLinear(steps, [1], 1, -2), 3, 1);
    const square = product(steps, factor, factor);
    const expected = inBasis(exact(4, 20, 13, -30, 9), f).map((value) => value.valueOf());
    expect(square).toEqual(expected.map((value) => expect.closeTo(value, 9)));
  });
});

describe("Sturm's theorem", () => {
  it.each([
    ['x^2 + 1', exact(1, 0, 1), false],
    ['x^2 - 2', exact(-2, 0, 1), true],
    ['(x - 3)^2, a double zero', exact(9, -6, 1), true],
    ['(x^2 + 1)^2', exact(1, 0, 2, 0, 1), false],
    ['-x^4 - 1', exact(-1, 0, 0, 0, -1), false],
    ['x^3 + x + 1', exact(1, 1, 0, 1), true],
    ['(x^2 - 1)(x^2 + 5)', exact(-5, 0, 4, 0, 1), true],
    ['the constant 1', exact(1), false],
  ])('%s', (_, p, expected) => {
    expect(hasRealZero(p)).toBe(expected);
  });

  it('looks between two points only, ends included', () => {
    const p = exact(-6, 1, 1); // (x + 3) (x - 2)
    expect(hasRealZero(p, -2n, 1n)).toBe(false);
    expect(hasRealZero(p, 0n, 2n)).toBe(true);
    expect(hasRealZero(p, -100n, 0n)).toBe(true);
  });

  it('sees a gap that no sampling would: (10^9 x - 1)^2 - 10^-9', () => {
    const p: Polynomial = [rational(1n).sub(rational(1n, 10n ** 9n)), rational(-2n * 10n ** 9n), rational(10n ** 18n)];
    expect(hasRealZero(p)).toBe(true);
  });
});
