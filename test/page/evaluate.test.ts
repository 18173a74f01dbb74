// What the page computes by itself, against the compiler's evaluator and against differences.
import { describe, expect, it } from 'vitest';
import { floatSteps } from '../../compiler/fit/basis-values.js';
import { rationalValues } from '../../compiler/fit/rational.js';
import { families } from '../../compiler/bases/index.js';
import { DENOMINATORS } from '../../compiler/spec.js';
import { evaluate, type Shape } from '../../examples/page/app/shape/evaluate.js';
import { evenPoints } from '../../examples/page/app/shape/even-points.js';
import { kinksOf } from '../../examples/page/app/shape/kinks.js';
import { specOf } from '../support/emit.js';

const C = [0.1, 0.5, 0.2, -0.1, 0.05, 0.01];
const D = [0.3, -0.1, 0.05, 0.02];

const shapeOf = (basis: string, denominator: Shape['denominator'], c = C, d = D): Shape => ({
  steps: floatSteps(specOf(basis, c.length - 1, d.length, denominator).family, Math.max(c.length - 1, d.length)),
  denominator,
  c,
  d,
});

describe.each(families.map(({ name }) => name))('%s', (basis) => {
  it.each(DENOMINATORS)('%s: F is the compiler’s, F′ its difference quotient', (denominator) => {
    const shape = shapeOf(basis, denominator);
    const xs = evenPoints([-2.983, 2.977], 400);
    const { y, slope } = evaluate(shape, xs);
    const truth = rationalValues(specOf(basis, 5, 4, denominator), C, D, xs);
    const step = 1e-6;
    const [above, below] = [step, -step].map(
      (by) =>
        evaluate(
          shape,
          xs.map((x) => x + by),
        ).y,
    );
    const kinks = kinksOf(shape, -3, 3).map((kink) => kink.x);
    xs.forEach((x, i) => {
      expect(Math.abs(y[i]! - truth[i]!)).toBeLessThanOrEqual(1e-12 * (1 + Math.abs(truth[i]!)));
      if (kinks.some((kink) => Math.abs(kink - x) < 1e-3)) return;
      const quotient = (above![i]! - below![i]!) / (2 * step);
      expect(Math.abs(slope[i]! - quotient)).toBeLessThanOrEqual(1e-4 * (1 + Math.abs(quotient)));
    });
  });
});

describe.each<[string, NonNullable<Parameters<typeof specOf>[5]>]>([
  ['on a domain', { domain: ['-4', '7/2'] }],
  ['normalised', { normalise: true }],
  ['both', { domain: ['-4', '7/2'], normalise: true }],
])('%s', (_, scale) => {
  it.each(['chebyshev-t', 'hermite'])('%s: F is the compiler’s', (basis) => {
    const spec = specOf(basis, 5, 4, 'sum-abs', 'leaky_relu', scale);
    const shape: Shape = { steps: floatSteps(spec.family, 5), denominator: 'sum-abs', c: C, d: D };
    const xs = evenPoints([-2.983, 2.977], 400);
    const truth = rationalValues(spec, C, D, xs);
    evaluate(shape, xs).y.forEach((y, i) => expect(Math.abs(y - truth[i]!)).toBeLessThanOrEqual(1e-12));
    // And not what it is without.
    const plain = evaluate(shapeOf(basis, 'sum-abs'), xs).y;
    expect(plain.some((y, i) => Math.abs(y - truth[i]!) > 1e-3)).toBe(true);
  });
});

describe('kinks', () => {
  it('are where a basis polynomial changes its sign, with the terms that do', () => {
    const kinks = kinksOf(shapeOf('hermite', 'sum-abs', C, [1, 1, 1]), -3, 3);
    expect(kinks.map(({ x }) => Number(x.toFixed(9)))).toEqual([-1.732050808, -1, 0, 1, 1.732050808]);
    expect(kinks.map(({ terms }) => terms)).toEqual([[3], [2], [1, 3], [2], [3]]);
  });

  it('are not where a coefficient is 0, nor where a power only touches 0', () => {
    expect(kinksOf(shapeOf('hermite', 'sum-abs', C, [0, 1]), -3, 3).map(({ terms }) => terms)).toEqual([[2], [2]]);
    expect(kinksOf(shapeOf('monomial', 'sum-abs', C, [0, 1, 0, 1]), -3, 3)).toEqual([]);
  });

  it('of abs-sum are the zeros of the sum, and without bars Q’s: poles', () => {
    const zeros = kinksOf(shapeOf('monomial', 'abs-sum', C, [-1, 1]), -3, 3);
    expect(zeros.map(({ x }) => Number(x.toFixed(9)))).toEqual([0, 1]);
    const poles = kinksOf(shapeOf('monomial', 'none', C, [-2.5, 1]), -3, 3);
    expect(poles.map(({ x }) => Number(x.toFixed(9)))).toEqual([0.5, 2]);
  });

  it('at one, F′ is taken from the right', () => {
    const shape = shapeOf('monomial', 'sum-abs', [1], [1]);
    expect([...evaluate(shape, Float64Array.of(0, -0, -1e-9)).slope].map(Math.round)).toEqual([-1, -1, 1]);
  });
});
