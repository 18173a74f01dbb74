import { describe, expect, it } from 'vitest';
import { families } from '../../compiler/bases/index.js';
import { resolveBasis, type BasisRequest } from '../../compiler/bases/resolve.js';
import { convert, type Coefficients, type NamedBasis } from '../../compiler/convert.js';
import { UsageError } from '../../compiler/errors.js';
import { Fraction, rational, ZERO } from '../../compiler/exact/rational.js';
import type { Denominator } from '../../compiler/spec.js';

const basis = (name: string, scale: Omit<BasisRequest, 'basis'> = {}): NamedBasis => ({
  family: resolveBasis({ basis: name, ...scale }).family,
  name,
});

const exact = (...texts: (string | number)[]): Fraction[] => texts.map((text) => new Fraction(text));
const GIVEN: Coefficients = { c: exact('1/3', -2, '0.7', '5/9', 0, '-1/11'), d: exact('1/5', '-3/7', 2, '1/13') };

/** F at x by the recurrence, exactly: no polynomial is expanded. */
function valueOf({ family }: NamedBasis, { c, d }: Coefficients, form: Denominator, x: Fraction): string {
  const f = [rational(1)];
  for (let k = 0; k < Math.max(c.length - 1, d.length); k++) {
    const { a, b, c: back } = family.recurrence(k);
    f.push(
      a
        .mul(x)
        .add(b)
        .mul(f[k]!)
        .sub(back.mul(f[k - 1] ?? ZERO)),
    );
  }
  const sum = (weights: readonly Fraction[], from: number, each = (term: Fraction) => term): Fraction =>
    weights.reduce((total, weight, k) => total.add(each(weight.mul(f[k + from]!))), ZERO);
  const q = {
    'sum-abs': () => sum(d, 1, (term) => term.abs()),
    'abs-sum': () => sum(d, 1).abs(),
    none: () => sum(d, 1),
  }[form]();
  return sum(c, 0).div(q.add(1)).toFraction();
}

const POINTS = exact(-4, '-7/5', '1/9', '3/2', '31/3');

function expectSame(from: NamedBasis, to: NamedBasis, given: Coefficients, form: Denominator): Coefficients {
  const found = convert(given, from, to, form);
  expect([found.c.length, found.d.length]).toEqual([given.c.length, given.d.length]);
  for (const x of POINTS) expect(valueOf(to, found, form, x)).toBe(valueOf(from, given, form, x));
  return found;
}

const text = ({ c, d }: Coefficients): string[][] => [c, d].map((list) => list.map((value) => value.toFraction()));

const SCALED: readonly NamedBasis[] = [
  basis('legendre', { domain: [-3, 3] }),
  basis('jacobi(1/2,-1/3)', { domain: ['-1/2', 3], normalise: true }),
];
const all = [...families.map(({ name }) => basis(name)), basis('laguerre(1/2)'), ...SCALED];

describe('F stays the same function, and the way back gives the same coefficients', () => {
  it.each(all.flatMap((from) => all.map((to) => ({ from, to, name: `${from.name} to ${to.name}` }))))(
    '$name',
    ({ from, to }) => {
      const p = expectSame(from, to, { c: GIVEN.c, d: [] }, 'sum-abs');
      expect(text(convert(p, to, from, 'sum-abs'))).toEqual(text({ c: GIVEN.c, d: [] }));
      // A different 1 in Q: P and Q are divided by the same number, and on the way back by its inverse.
      expect(text(convert(expectSame(from, to, GIVEN, 'none'), to, from, 'none'))).toEqual(text(GIVEN));
    },
  );

  it('for Q with bars around the sum, where it has no constant term in the other basis', () => {
    const odd: Coefficients = { c: GIVEN.c, d: exact('1/5', 0, 2) };
    for (const [from, to] of [
      ['monomial', 'hermite'],
      ['legendre', 'chebyshev-t'],
      ['hermite-phys', 'monomial'],
    ]) {
      expectSame(basis(from!), basis(to!), odd, 'abs-sum');
    }
    // Orthogonal bases under the same weight differ by factors only, so any d will do.
    expectSame(basis('legendre'), basis('legendre', { normalise: true }), GIVEN, 'abs-sum');
  });

  it('for Q with bars around each term, where the bases differ by factors', () => {
    const pairs = [
      [basis('hermite'), basis('hermite', { normalise: true })],
      [basis('legendre'), basis('gegenbauer(1/2)')],
      [basis('monomial'), basis('monomial', { domain: [-3, 3] })],
      [basis('chebyshev-t'), basis('jacobi(-1/2,-1/2)')],
    ] as const;
    for (const [from, to] of pairs) {
      expect(text(convert(expectSame(from, to, GIVEN, 'sum-abs'), to, from, 'sum-abs'))).toEqual(text(GIVEN));
    }
    // x = He_1: a d that is 0 may belong to anything.
    expectSame(basis('monomial'), basis('hermite'), { c: GIVEN.c, d: exact('1/5', 0, 0) }, 'sum-abs');
  });

  it('by hand: 1 + x^2 = He_2 + 2, so that Q = 1 + x^2 is 2 (1 + He_2 / 2)', () => {
    const given = { c: exact(0, 1, 1), d: exact(0, 1) };
    expect(text(convert(given, basis('monomial'), basis('hermite'), 'none'))).toEqual([
      ['1/2', '1/2', '1/2'],
      ['0', '1/2'],
    ]);
  });
});

describe('what cannot be converted', () => {
  const [x, he] = [basis('monomial'), basis('hermite')];
  it.each<[Denominator, (string | number)[], RegExp]>([
    ['none', [0, -1], /^Q has no constant term in hermite: it is not q \(1 \+ sum_j d_j f_j\) for any q/],
    ['abs-sum', [1, 2], /^sum_j d_j f_j has the constant term 2 in hermite, which/],
    ['sum-abs', [1, 2], /of degree 2 monomial is no multiple of hermite: no d gives the same Q/],
  ])('%s with d = %j', (form, d, message) => {
    const run = () => convert({ c: exact(1), d: exact(...d) }, x, he, form);
    expect(run).toThrow(UsageError);
    expect(run).toThrow(message);
  });
});
