import { describe, expect, it } from 'vitest';
import { families, familyNamed, findFamily, type Family } from '../../compiler/bases/index.js';
import { derivative, evaluate, expandFamily, scale, add, type Polynomial } from '../../compiler/exact/polynomial.js';
import { Fraction, rational, ZERO } from '../../compiler/exact/rational.js';
import { expand } from '../../compiler/stages/expand.js';
import { vectorBases } from '../support/vectors.js';

const TOP = 20;

const INSTANCES = [
  'jacobi(1/2,-1/3)',
  'jacobi(-1/2,-1/2)', // alpha + beta = -1 and 0 make the general recurrence 0 / 0 at k = 0
  'jacobi(0,0)',
  'jacobi(-9/10,7)',
  'gegenbauer(3/4)',
  'gegenbauer(-1/4)',
  'laguerre(1/2)',
  'laguerre(-0.5)',
];
const all: readonly Family[] = [...families, ...INSTANCES.map(familyNamed)];

describe.each(families.filter(({ name }) => name in vectorBases).map((family) => [family.name, family] as const))(
  '%s',
  (name, family) => {
    it(`has the exact coefficients of the reference to degree ${TOP}`, () => {
      const ours = expandFamily(family, TOP).map((p) => p.map((a) => a.toFraction()));
      expect(ours).toEqual(vectorBases[name]);
    });
  },
);

describe.each(all.map((family) => [family.name, family] as const))('%s', (name, family) => {
  const polynomials = expandFamily(family, TOP);

  it('knows its derivatives exactly, sparse and dense, up to the highest degree', () => {
    const expansion = expand(family, 32);
    expansion.polynomials.forEach((p, k) => {
      const dense = expansion.derivatives[k]!.reduce<Polynomial>(
        (sum, entry, l) => add(sum, scale(expansion.polynomials[l]!, entry)),
        [],
      );
      expect(dense.map(String)).toEqual(derivative(p).map(String));
      // Every classical family has the sparse form; without it emitted code would grow with the square of the degree.
      if (k > 0) expect(expansion.derivativeSteps[k], `f'_${k}`).toBeDefined();
    });
  });

  const moment = momentsOf(name);
  it(moment === undefined ? 'claims no orthogonality' : 'is orthogonal under its weight', () => {
    expect(family.orthogonality === undefined).toBe(moment === undefined);
    if (moment === undefined) return;
    for (let i = 0; i <= 8; i++) {
      for (let j = 0; j <= i; j++) {
        const inner = innerProduct(polynomials[i]!, polynomials[j]!, moment);
        if (i === j) expect(inner.compare(0), `<f_${i}, f_${i}>`).toBeGreaterThan(0);
        else expect(inner.toFraction(), `<f_${i}, f_${j}>`).toBe('0');
      }
    }
  });
});

it('finds families by alias', () => {
  expect(findFamily('hermite-prob')?.name).toBe('hermite');
  expect(findFamily('nonsense')).toBeUndefined();
});

it('evaluates polynomials exactly', () => {
  expect(evaluate(expandFamily(findFamily('hermite')!, 3)[3]!, rational(1, 2)).toFraction()).toBe('-11/8');
});

/**
 * The k-th moment of each weight over its interval, divided by the zeroth, so that all are rational: exact integrals,
 * known in closed form (Abramowitz and Stegun 22.2; the moments of the beta, gamma and normal distributions).
 */
const moments: Readonly<Record<string, (k: number) => Fraction>> = {
  'chebyshev-t': (k) => evenMoment(k, (h) => product(h, (i) => rational(2 * i - 1, 2 * i))),
  'chebyshev-u': (k) => evenMoment(k, (h) => product(h, (i) => rational(2 * i - 1, 2 * i + 2))),
  legendre: (k) => evenMoment(k, () => rational(1, k + 1)),
  laguerre: (k) => product(k, (i) => rational(i)),
  'chebyshev-v': (k) => moments['chebyshev-t']!(k).add(moments['chebyshev-t']!(k + 1)),
  'chebyshev-w': (k) => moments['chebyshev-t']!(k).sub(moments['chebyshev-t']!(k + 1)),
  hermite: (k) => evenMoment(k, (h) => product(h, (i) => rational(2 * i - 1))),
  'hermite-phys': (k) => evenMoment(k, (h) => product(h, (i) => rational(2 * i - 1, 2))),
};

/** The same for families with parameters: x is 1 - 2 B with a beta-distributed B, or its square is, or x is gamma-distributed. */
const momentsWithParameters: Readonly<Record<string, (k: number, ...parameters: Fraction[]) => Fraction>> = {
  jacobi: (k, alpha, beta) =>
    Array.from({ length: k + 1 }, (_, j) => {
      const power = product(j, (i) => alpha!.add(i).div(alpha!.add(beta!).add(i + 1)));
      return power.mul(binomial(k, j)).mul(rational(-2).pow(j)!);
    }).reduce((sum, term) => sum.add(term)),
  gegenbauer: (k, lambda) => evenMoment(k, (h) => product(h, (i) => rational(2 * i - 1).div(lambda!.add(i).mul(2)))),
  laguerre: (k, alpha) => product(k, (i) => alpha!.add(i)),
};

function momentsOf(name: string): ((k: number) => Fraction) | undefined {
  const [stem, parameters] = name.split(/[()]/) as [string, string?];
  const values = parameters?.split(',').map((text) => new Fraction(text));
  return values === undefined ? moments[stem] : (k) => momentsWithParameters[stem]!(k, ...values);
}

const binomial = (n: number, k: number): Fraction => product(k, (i) => rational(n - k + i, i));

const product = (count: number, factor: (i: number) => Fraction): Fraction =>
  Array.from({ length: count }, (_, i) => factor(i + 1)).reduce((total, f) => total.mul(f), rational(1));

const evenMoment = (k: number, value: (half: number) => Fraction): Fraction => (k % 2 === 1 ? ZERO : value(k / 2));

const innerProduct = (p: Polynomial, q: Polynomial, moment: (k: number) => Fraction): Fraction =>
  p.reduce((sum, a, i) => q.reduce((inner, b, j) => inner.add(a.mul(b).mul(moment(i + j))), sum), ZERO);
