import { describe, expect, it } from 'vitest';
import { families, findFamily } from '../../compiler/bases/index.js';
import { add, expandFamily, scale, type Polynomial } from '../../compiler/exact/polynomial.js';
import { fromNumber, ONE } from '../../compiler/exact/rational.js';
import { basisSizes } from '../../compiler/fit/basis-values.js';
import { fitInitial } from '../../compiler/fit/index.js';
import { hasRealZero } from '../../compiler/fit/real-zeros.js';
import { parseTarget } from '../../compiler/fit/targets.js';
import { defineSpec, DENOMINATORS, type Denominator } from '../../compiler/spec.js';

const fitOf = (basis: string, m: number, n: number, denominator: Denominator) =>
  fitInitial(defineSpec({ basis, m, n, denominator, target: parseTarget('leaky_relu') }));

/** Q of denominator `none`, exactly. */
function denominatorOf(basis: string, d: readonly number[]): Polynomial {
  const f = expandFamily(findFamily(basis)!, d.length);
  return d.reduce<Polynomial>((sum, weight, j) => add(sum, scale(f[j + 1]!, fromNumber(weight))), [ONE]);
}

const SMALLEST = 2 ** -126;

const names = families.map(({ name }) => name);
const easy = [
  [0, 1],
  [1, 0],
  [0, 2],
  [2, 2],
  [3, 6],
  [32, 0],
] as const;
// An odd n, P far below Q and far above it, and the highest degrees, where the families differ most in size.
const hard = [
  [16, 31],
  [3, 32],
  [32, 3],
  [32, 32],
] as const;
const cases = [
  ...names.flatMap((basis) => easy.map(([m, n]) => ({ basis, m, n }))),
  ...['monomial', 'laguerre', 'hermite-phys'].flatMap((basis) => hard.map(([m, n]) => ({ basis, m, n }))),
];

describe('every fit is finite, alive and exactly float32', () => {
  it.each(cases)('$basis $m/$n', ({ basis, m, n }) => {
    for (const denominator of DENOMINATORS) {
      const fit = fitOf(basis, m, n, denominator);
      expect(fit.c).toHaveLength(m + 1);
      expect(fit.d).toHaveLength(n);
      for (const value of [...fit.c, ...fit.d]) {
        expect(value).toSatisfy(Number.isFinite);
        expect(Math.fround(value)).toBe(value);
        if (value !== 0) expect(Math.abs(value)).toBeGreaterThanOrEqual(SMALLEST);
      }
      const sizes = basisSizes(findFamily(basis)!, n, [-3, 3]);
      // Under `none` the gradient of d_j does not depend on d_j: any value trains, and a floor may make a pole. A safe
      // fit whose search is more accurate than 1/600 of the target's size, here 3, lowers the floor with its error, to
      // 1e-6 at the least; at degree 32 rounding c adds to that error, so that the RMSE does not tell where it went.
      const safeFloor = fit.rmse > 0.01 ? 0.999e-3 : 0.999e-6;
      const floor = denominator === 'none' ? 0 : safeFloor;
      fit.d.forEach((weight, j) => expect(Math.abs(weight) * sizes[j + 1]!).toBeGreaterThan(floor));
      for (const value of [fit.rmse, fit.maxError, fit.maxErrorAt, ...fit.samples.map(({ y }) => y)]) {
        expect(value).toSatisfy(Number.isFinite);
      }
    }
  });
});

describe('without absolute values there is no pole', () => {
  it.each(names)('%s: anywhere for even n, within the tails for odd n', (basis) => {
    for (const n of [1, 2, 5, 8, 17, 31, 32]) {
      const q = denominatorOf(basis, fitOf(basis, 2, n, 'none').d);
      expect(n % 2 === 0 ? hasRealZero(q) : hasRealZero(q, -100n, 100n)).toBe(false);
    }
  });
});

it('takes little longer at the highest degrees', () => {
  const began = performance.now();
  fitOf('hermite-phys', 32, 32, 'sum-abs');
  expect(performance.now() - began).toBeLessThan(10_000); // about 0.5 s; a fit that does not end would take minutes
});
