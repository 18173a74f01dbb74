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

describe.each(families.map(({ name }) => name))('%s', (basis) => {
  // 7/17 and 16/31 have an odd n; 3/32 leaves P far below Q, and 32/3 far above.
  const pairs = [[0, 1], [1, 0], [0, 2], [2, 2], [7, 17], [3, 32], [32, 3], [32, 0], [16, 31], [32, 32]] as const;

  it.each(pairs)('%i/%i is finite, alive and exactly float32 with every denominator', (m, n) => {
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
      const floor = denominator === 'none' ? 0.999e-6 : 0.999e-3;
      fit.d.forEach((weight, j) => expect(Math.abs(weight) * sizes[j + 1]!).toBeGreaterThan(floor));
      for (const value of [fit.rmse, fit.maxError, fit.maxErrorAt, ...fit.samples.map(({ y }) => y)]) {
        expect(value).toSatisfy(Number.isFinite);
      }
    }
  });

  it('has no pole without absolute values: anywhere for even n, within the tails for odd n', () => {
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
