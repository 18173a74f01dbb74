import { describe, expect, it } from 'vitest';
import { familyNamed } from '../../compiler/bases/index.js';
import { add, expandFamily, multiply, scale, type Polynomial } from '../../compiler/exact/polynomial.js';
import { Fraction, rational } from '../../compiler/exact/rational.js';

/*
 * The families with parameters by their explicit sums (DLMF 18.5.7, 18.5.10, 18.5.12), and the Chebyshev kinds by their
 * trigonometric form (Mason and Handscomb 2003, 1.2): no recurrence, so that scale and signs are held, too.
 */

const TOP = 16;

type Explicit = (n: number, ...parameters: readonly Fraction[]) => Polynomial;

/** z (z+1) ... (z+k-1). */
const rising = (z: Fraction, k: number): Fraction =>
  Array.from({ length: k }, (_, i) => z.add(i)).reduce((product, factor) => product.mul(factor), rational(1));
const factorial = (k: number): Fraction => rising(rational(1), k);
const power = (p: Polynomial, k: number): Polynomial =>
  Array.from({ length: k }).reduce<Polynomial>((product) => multiply(product, p), [rational(1)]);
const sum = (count: number, term: (l: number) => Polynomial): Polynomial =>
  Array.from({ length: count }, (_, l) => term(l)).reduce<Polynomial>((total, one) => add(total, one), []);

const EXPLICIT: Readonly<Record<string, Explicit>> = {
  jacobi: (n, alpha, beta) =>
    sum(n + 1, (l) => {
      const weight = rising(alpha!.add(beta!).add(n + 1), l).mul(rising(alpha!.add(l + 1), n - l));
      return scale(power([rational(-1, 2), rational(1, 2)], l), weight.div(factorial(l).mul(factorial(n - l))));
    }),
  gegenbauer: (n, lambda) =>
    sum(Math.floor(n / 2) + 1, (l) => {
      const weight = rising(lambda!, n - l).mul(l % 2 === 0 ? 1 : -1);
      return scale(power([rational(0), rational(2)], n - 2 * l), weight.div(factorial(l).mul(factorial(n - 2 * l))));
    }),
  laguerre: (n, alpha) =>
    sum(n + 1, (l) => {
      const weight = rising(alpha!.add(l + 1), n - l).div(factorial(n - l).mul(factorial(l)));
      return scale(power([rational(0), rational(-1)], l), weight);
    }),
};

const texts = (p: Polynomial): string[] => p.map((a) => a.toFraction());

describe('explicit sums', () => {
  it.each([
    ...['1/2,-1/3', '0,0', '-1/2,-1/2', '-1/2,1/2', '7/3,-9/10', '-0.999,0.999', '20,3/7'].map((p) => `jacobi(${p})`),
    ...['3/4', '1', '1/2', '-1/4', '-0.499', '9'].map((p) => `gegenbauer(${p})`),
    ...['0', '1/2', '-1/2', '-0.999', '12'].map((p) => `laguerre(${p})`),
  ])(`%s to degree ${TOP}`, (name) => {
    const [stem, parameters] = name.split(/[()]/) as [string, string];
    const values = parameters.split(',').map((text) => new Fraction(text));
    const ours = expandFamily(familyNamed(name), TOP).map(texts);
    expect(ours).toEqual(Array.from({ length: TOP + 1 }, (_, n) => texts(EXPLICIT[stem]!(n, ...values))));
  });

  it.each([
    ['jacobi(0,0)', 'legendre'],
    ['gegenbauer(1/2)', 'legendre'],
    ['gegenbauer(1)', 'chebyshev-u'],
    ['laguerre(0)', 'laguerre'],
  ])('%s is %s', (one, other) => {
    expect(expandFamily(familyNamed(one), TOP).map(texts)).toEqual(expandFamily(familyNamed(other), TOP).map(texts));
  });
});

describe('Chebyshev polynomials of cos t', () => {
  const half = (n: number, t: number): number => (n + 1 / 2) * t;
  it.each<[string, (n: number, t: number) => number]>([
    ['chebyshev-t', (n, t) => Math.cos(n * t)],
    ['chebyshev-u', (n, t) => Math.sin((n + 1) * t) / Math.sin(t)],
    ['chebyshev-v', (n, t) => Math.cos(half(n, t)) / Math.cos(t / 2)],
    ['chebyshev-w', (n, t) => Math.sin(half(n, t)) / Math.sin(t / 2)],
  ])('%s', (name, expected) => {
    for (const t of [0.3, 1.1, 2, 2.9]) {
      let [before, value] = [0, 1];
      for (let n = 0; n <= TOP; n++) {
        expect(value, `degree ${n} at cos ${t}`).toBeCloseTo(expected(n, t), 10);
        const { a, b, c } = familyNamed(name).recurrence(n);
        [before, value] = [value, (a.valueOf() * Math.cos(t) + b.valueOf()) * value - c.valueOf() * before];
      }
    }
  });
});
