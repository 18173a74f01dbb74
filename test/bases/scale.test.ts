import { describe, expect, it } from 'vitest';
import { onDomain, parseDomain } from '../../compiler/bases/domain.js';
import { families, familyNamed } from '../../compiler/bases/index.js';
import { normalised } from '../../compiler/bases/normalise.js';
import { recurrenceFamily } from '../../compiler/bases/recurrence.js';
import { className, command, fileName, specHash } from '../../compiler/emit/identity.js';
import { UsageError } from '../../compiler/errors.js';
import { evaluate, expandFamily } from '../../compiler/exact/polynomial.js';
import { Fraction, rational } from '../../compiler/exact/rational.js';
import { nearestSquareRoot } from '../../compiler/exact/square-root.js';
import { DENOMINATORS, type Spec } from '../../compiler/spec.js';
import { specOf } from '../support/emit.js';

const at = (family: Parameters<typeof expandFamily>[0], x: Fraction): string[] =>
  expandFamily(family, 9).map((p) => evaluate(p, x).toFraction());

describe('a domain', () => {
  it.each([
    ['legendre', '-1', '1', '1/3', '1/3'],
    ['legendre', '-3', '3', '1', '1/3'],
    ['monomial', '0', '4', '1', '-1/2'],
    ['jacobi(1/2,-1/3)', '-1/2', '3', '3', '1'],
    ['laguerre', '-3', '3', '-1', '2'],
    ['laguerre(1/2)', '0', '7', '3', '3'],
    ['laguerre(1/2)', '2', '3', '2.5', '7/2'],
    ['hermite', '-3', '3', '5', '5'],
    ['hermite', '0', '1', '1', '3'],
    ['hermite-phys', '-3', '3', '3', '2'],
  ])('of %s, [%s, %s]: f_k at %s is the basis at %s, exactly', (name, low, high, x, u) => {
    const moved = onDomain(familyNamed(name), parseDomain([low, high]));
    expect(at(moved, new Fraction(x))).toEqual(at(familyNamed(name), new Fraction(u)));
  });

  it.each([
    ['-3,3', 'u = x / 3'],
    ['-1,1', 'u = x'],
    ['0,1', 'u = 2 x - 1'],
    ['-1/2,3', 'u = (4 x - 5) / 7'],
    ['-5,2', 'u = (2 x + 3) / 7'],
    ['-1/4,1/4', 'u = 4 x'],
  ])('%s is explained: %s', (domain, text) => {
    const { where, write, formula } = onDomain(familyNamed('chebyshev-t'), parseDomain(domain.split(',')));
    expect([where, write('k')]).toEqual([[text], 'T_k(u)']);
    expect(formula).toBe('T_0 = 1, T_1 = u, T_{k+1} = 2u T_k - T_{k-1}');
  });

  it('keeps the parity of a basis where it lies about 0, for kernels in halves', () => {
    for (const name of ['chebyshev-t', 'legendre', 'hermite', 'gegenbauer(3/4)']) {
      const { recurrence } = normalised(onDomain(familyNamed(name), parseDomain(['-7/3', '7/3'])));
      for (let k = 0; k < 32; k++) expect(recurrence(k).b.n).toBe(0n);
    }
  });
});

describe('square roots', () => {
  it.each([
    ['4', '2'],
    ['1/9', String(1 / 3)],
    ['2', String(Math.SQRT2)],
    ['1/2', String(Math.SQRT1_2)],
    ['3', '1.7320508075688772'],
    ['1e-400', '1e-200'],
    ['1e400', '1e200'],
    // The float64 next to 1, squared; and halfway between it and 1, where the even neighbour is 1.
    [
      rational(2n ** 52n + 1n, 2n ** 52n)
        .pow(2)!
        .toFraction(),
      '1.0000000000000002',
    ],
    [
      rational(2n ** 53n + 1n, 2n ** 53n)
        .pow(2)!
        .toFraction(),
      '1',
    ],
    [
      rational(2n ** 53n + 1n, 2n ** 53n)
        .pow(2)!
        .add(rational(1n, 10n ** 60n))
        .toFraction(),
      '1.0000000000000002',
    ],
  ])('of %s is %s', (value, root) => {
    const exact = value.startsWith('1e') ? rational(10).pow(Number(value.slice(2)))! : new Fraction(value);
    expect(nearestSquareRoot(exact).valueOf()).toBe(Number(root));
  });

  it('are the floats that Math.sqrt gives, for floats of all sizes', () => {
    for (let i = 1; i < 2000; i++) {
      const value = i * 1.37 ** ((i % 400) - 200);
      expect(nearestSquareRoot(new Fraction(toExact(value))).valueOf()).toBe(Math.sqrt(value));
    }
  });

  it('of what is not positive do not exist', () => {
    for (const value of [0, -1]) expect(() => nearestSquareRoot(rational(value))).toThrow(RangeError);
  });
});

/** A double as numerator / denominator. */
function toExact(value: number): string {
  let [scaled, shift] = [value, 0n];
  while (!Number.isInteger(scaled)) [scaled, shift] = [scaled * 2, shift + 1n];
  return `${BigInt(scaled)}/${2n ** shift}`;
}

describe('an orthonormal basis', () => {
  // The mean of f_k^2 from tables (DLMF 18.3.1), divided by that of f_0.
  const factorial = (k: number): number => (k < 2 ? 1 : k * factorial(k - 1));
  it.each<[string, (k: number) => number]>([
    ['chebyshev-t', (k) => (k === 0 ? 1 : 1 / 2)],
    ['chebyshev-u', () => 1],
    ['chebyshev-v', () => 1],
    ['chebyshev-w', () => 1],
    ['legendre', (k) => 1 / (2 * k + 1)],
    ['laguerre', () => 1],
    ['laguerre(2)', (k) => ((k + 1) * (k + 2)) / 2],
    ['hermite', factorial],
    ['hermite-phys', (k) => 2 ** k * factorial(k)],
    ['gegenbauer(2)', (k) => ((k + 3) * (k + 2) * (k + 1)) / (3 * (k + 2))],
    ['jacobi(1,0)', (k) => 1 / (k + 1)],
  ])('%s is the basis over the root of its mean square', (name, square) => {
    const bare = expandFamily(familyNamed(name), 20);
    expandFamily(normalised(familyNamed(name)), 20).forEach((p, k) => {
      const ratios = p.filter((a) => a.n !== 0n).map((a) => a.valueOf());
      const own = bare[k]!.filter((a) => a.n !== 0n).map((a) => a.valueOf());
      ratios.forEach((value, i) => expect(value / own[i]! / Math.sqrt(1 / square(k))).toBeCloseTo(1, 14));
    });
  });

  it('is the same before and after it is moved', () => {
    const domain = parseDomain(['-1/2', '3']);
    const family = familyNamed('jacobi(1/2,-1/3)');
    const x = new Fraction('7/5');
    expect(at(normalised(onDomain(family, domain)), x)).toEqual(at(onDomain(normalised(family), domain), x));
  });

  it('exists for a recurrence of the user where some weight makes it orthogonal', () => {
    const mine = recurrenceFamily({ name: 'mine', a: '(2*k+1)/(k+1)', c: 'k/(k+1)' });
    expect(at(normalised(mine), rational(1, 3))).toEqual(at(normalised(familyNamed('legendre')), rational(1, 3)));
    const none = recurrenceFamily({ name: 'mine', a: '1', c: '5-k' });
    expect(() => normalised(none)).toThrow(UsageError);
    expect(() => normalised(none)).toThrow(/degree 5 orthogonal/);
  });
});

describe('names', () => {
  it('say what is not the default', () => {
    const spec = specOf('jacobi(1/2,-1/3)', 5, 4, 'none', 'gelu', { domain: ['-1/2', 3], normalise: true });
    expect(fileName(spec)).toBe('jacobi-1o2-m1o3-5-4-none-on-m1o2-3-normalised.ts');
    expect(className(spec)).toBe('Jacobi1o2AndM1o3Pade5x4UnsafeOnM1o2To3Normalised');
    expect(command(spec)).toBe(
      'npx opau-gen --basis "jacobi(1/2,-1/3)" --m 5 --n 4 --denominator none --domain -1/2,3 --normalise ' +
        '--target-function "gelu"',
    );
  });

  it('do not depend on how a number is written', () => {
    const one = specOf('jacobi( 0.50 ,-2/6)', 5, 4, 'none', 'gelu', { domain: ['-0.5', '+3.0'] });
    const other = specOf('jacobi(1/2,-1/3)', 5, 4, 'none', 'gelu', { domain: [-0.5, '6/2'] });
    for (const of of [fileName, className, command, specHash]) expect(of(one)).toBe(of(other));
  });

  it('are all different', () => {
    const bases = [
      ...families.map(({ name }) => name),
      ...['1,12', '11,2', '1,1/2', '-0.9,2'].map((p) => `jacobi(${p})`),
      ...['1/2', '12', '1', '2'].map((p) => `gegenbauer(${p})`),
      ...['1/2', '-1/2', '5'].map((p) => `laguerre(${p})`),
      recurrenceFamily({ name: 'jacobi-x', a: '1' }),
      recurrenceFamily({ name: 'laguerre-on', a: '1' }),
    ];
    const scales = [undefined, ['-1', '1'], ['1', '11'], ['11', '12'], ['-1/2', '1'], ['1', '2'], ['1/2', '1']];
    const specs: readonly Spec[] = bases.flatMap((basis) =>
      DENOMINATORS.flatMap((denominator) =>
        scales.flatMap((domain) =>
          [false, ...(basis === 'monomial' || typeof basis !== 'string' ? [] : [true])].flatMap((normalise) =>
            [
              [5, 4],
              [1, 2],
              [12, 1],
            ].map(([m, n]) => specOf(basis, m!, n!, denominator, 'relu', { domain, normalise })),
          ),
        ),
      ),
    );
    for (const of of [fileName, className, specHash]) expect(new Set(specs.map(of)).size).toBe(specs.length);
    for (const spec of specs) {
      expect(fileName(spec)).toMatch(/^[a-z][a-z0-9-]*\.ts$/);
      expect(className(spec)).toMatch(/^[A-Z][A-Za-z0-9]*$/);
    }
  });

  it('leave the hash of a plain spec as it was', () => {
    expect(specHash(specOf('hermite', 5, 4))).toBe(
      'sha256:c59d3b14cb0a98760910ad677c2d6426f925aaa8df6aac59ca3a0c4ebdef3aa6',
    );
  });
});
