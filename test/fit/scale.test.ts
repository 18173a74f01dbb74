import { describe, expect, it } from 'vitest';
import { recurrenceFamily } from '../../compiler/bases/recurrence.js';
import { UsageError } from '../../compiler/errors.js';
import { basisSizes } from '../../compiler/fit/basis-values.js';
import { fitInitial } from '../../compiler/fit/index.js';
import { parseTarget } from '../../compiler/fit/targets.js';
import { defineSpec, DENOMINATORS, type SpecRequest } from '../../compiler/spec.js';

const fit = (request: Partial<SpecRequest>) => {
  const spec = defineSpec({ basis: 'legendre', m: 5, n: 4, target: parseTarget('leaky_relu'), ...request });
  return { spec, ...fitInitial(spec) };
};

describe('bases that are moved, scaled, with parameters, or the user’s own', () => {
  const cases: readonly Partial<SpecRequest>[] = [
    { basis: 'monomial', domain: [-3, 3] },
    { basis: 'legendre', domain: ['-1/2', 3], normalise: true },
    { basis: 'laguerre', domain: [-3, 3] },
    { basis: 'hermite-phys', domain: [-3, 3], normalise: true },
    { basis: 'chebyshev-t', domain: [-40, 50] },
    { basis: 'chebyshev-t', domain: [2, '21/10'] },
    { basis: 'jacobi(1/2,-1/3)', domain: [-3, 3], n: 5 },
    { basis: 'jacobi(-9/10,9)' },
    { basis: 'gegenbauer(-1/4)', m: 12, n: 11, domain: [-3, 3] },
    { basis: 'laguerre(5/2)', m: 2, n: 7 },
    { basis: recurrenceFamily({ name: 'shifted', a: '-1/(k+1)', b: '(-1)^k', c: '-k' }) },
  ];
  it.each(DENOMINATORS.flatMap((denominator) => cases.map((request) => ({ ...request, denominator }))))(
    'have finite, living coefficients: %j',
    (request) => {
      const { spec, c, d, rmse, maxError, samples } = fit(request);
      for (const value of [...c, ...d, rmse, maxError, ...samples.map(({ y }) => y)])
        expect(value).toSatisfy(Number.isFinite);
      expect([...c, ...d].map(Math.fround)).toEqual([...c, ...d]);
      expect(rmse).toBeLessThan(0.2);
      const sizes = basisSizes(spec.family, spec.n, spec.interval);
      const floor = spec.denominator === 'none' ? 0 : 0.999e-3;
      d.forEach((weight, j) => expect(Math.abs(weight) * sizes[j + 1]!).toBeGreaterThan(floor));
    },
  );

  it('lose little by being moved onto the interval', () => {
    for (const basis of ['chebyshev-t', 'legendre', 'laguerre']) {
      for (const denominator of DENOMINATORS) {
        const [home, moved] = [fit({ basis, denominator }), fit({ basis, denominator, domain: [-3, 3] })];
        expect(moved.rmse, `${basis} ${denominator}`).toBeLessThan(3 * home.rmse);
      }
    }
  });

  it('do not change the fit by a mere factor for each f_k', () => {
    for (const denominator of DENOMINATORS) {
      const [bare, scaled] = [fit({ denominator }), fit({ denominator, normalise: true })];
      expect(scaled.rmse).toBeCloseTo(bare.rmse, 4);
      // s_k = sqrt(2k + 1) for Legendre.
      scaled.c.forEach((value, k) => expect(value * Math.sqrt(2 * k + 1)).toBeCloseTo(bare.c[k]!, 3));
    }
  });

  it('are refused where float32 cannot hold their coefficients', () => {
    const wide = () => fit({ basis: 'monomial', m: 32, n: 2, domain: [-999, 999] });
    expect(wide).toThrow(UsageError);
    expect(wide).toThrow(/^degree \d+ of monomial reaches only .* on \[-3, 3\], beyond float32: use a domain nearer/);
    const mine = (a: string) => () => fit({ basis: recurrenceFamily({ name: 'mine', a }) });
    expect(mine('10^-40')).toThrow(/degree 1 of mine reaches only 3.0e-40 on/);
    expect(mine('10^40')).toThrow(/degree 1 of mine reaches 3.0e\+40 on \[-3, 3\], beyond float32: use a shorter/);
  });
});
