import { describe, expect, it, test } from 'vitest';
import { findFamily } from '../../compiler/bases/index.js';
import { recurrenceFamily, type RecurrenceRequest } from '../../compiler/bases/recurrence.js';
import { className, command, fileName, specHash } from '../../compiler/emit/identity.js';
import { UsageError } from '../../compiler/errors.js';
import { expandFamily } from '../../compiler/exact/polynomial.js';
import { parseTarget } from '../../compiler/fit/targets.js';
import { generate } from '../../compiler/generate.js';
import { defineSpec, type Spec } from '../../compiler/spec.js';
import { arithmeticOnly } from '../support/emit.js';

const LEGENDRE: RecurrenceRequest = { name: 'my-legendre', a: '(2*k+1)/(k+1)', c: 'k/(k+1)' };
const texts = (request: RecurrenceRequest) =>
  expandFamily(recurrenceFamily(request), 12).map((p) => p.map((a) => a.toFraction()));
const specWith = (request: RecurrenceRequest, m = 3, n = 2): Spec =>
  defineSpec({ basis: recurrenceFamily(request), m, n, target: parseTarget('relu') });

describe('a recurrence of the user', () => {
  it.each([
    ['legendre', '(2*k+1)/(k+1)', '0', 'k/(k+1)'],
    ['legendre', ' ( 2 * k + 1 ) *\n(k+1)^-1', '0.0', 'k / (k + 1)'],
    ['laguerre', '-1/(k+1)', '(2*k+1)/(k+1)', '1-1/(k+1)'],
    ['hermite', 1, 0, 'k'],
    ['hermite-phys', '2^1^5', '-k+k', '--2*k'],
    ['chebyshev-u', '+2', '0', '4^2/2^4'],
    ['monomial', '1', '0', '-0*k^2'],
    ['monomial', '2^2-3', '-2^2+4', '(-2)^2-4'],
  ])('is %s where it is so written: a = %j, b = %j, c = %j', (name, a, b, c) => {
    const known = expandFamily(findFamily(name)!, 12).map((p) => p.map((entry) => entry.toFraction()));
    expect(texts({ name: 'mine', a, b, c })).toEqual(known);
  });

  it('names its file, class and hash, and stands in the header', () => {
    const spec = specWith(LEGENDRE);
    expect([fileName(spec), className(spec)]).toEqual(['my-legendre-3-2.ts', 'MyLegendrePade3x2']);
    // No flag can tell a basis of one's own: a config does.
    expect(command(spec)).toBe('npx opau-gen');
    expect(specHash(spec)).not.toBe(specHash(specWith({ ...LEGENDRE, a: '(2*k+2)/(k+1)' })));
    const [text] = [...generate(spec).files.values()];
    expect(text).toContain('//   P(x) = sum_{i=0..3} c_i f_i(x)\n');
    expect(text).toContain('//   a = (2*k+1)/(k+1)\n//   b = 0\n//   c = k/(k+1)\n');
  });

  it('compiles to the same mathematics as the family that it is', () => {
    const body = (spec: Spec): string =>
      [...generate(spec, arithmeticOnly).files.values()][0]!
        .replace(/^(\/\/.*\n)+/, '')
        .replace(/(my)?legendre/gi, 'same')
        .replace(/'(my-)?same'/g, "'same'");
    expect(body(specWith({ ...LEGENDRE, name: 'my-legendre' }))).toBe(
      body(defineSpec({ basis: 'legendre', m: 3, n: 2, target: parseTarget('relu') })),
    );
  });
});

const ALLOWED = 'use whole or decimal numbers, k, + - * / ^ and parentheses';
const DIVIDES = 'it must not for any k';

describe('what is refused, in one line', () => {
  test.each<[Partial<RecurrenceRequest>, string]>([
    [{ c: '1/k' }, `c of basis mine = "1/k" divides by zero at k = 0: ${DIVIDES}`],
    [{ a: '1/(k-32)' }, `a of basis mine = "1/(k-32)" divides by zero at k = 32: ${DIVIDES}`],
    [{ b: '(k-7)^-2' }, `b of basis mine = "(k-7)^-2" divides by zero at k = 7: ${DIVIDES}`],
    [{ a: 'k-5' }, 'basis mine has a = 0 at k = 5: f_6 must have degree 6, so a must not be 0 for k <= 32'],
    [
      { c: 'k^(1/2)' },
      'the exponent in c of basis mine = "k^(1/2)" is 1/2 at k = 0: it must be a whole number from -64 to 64, so that ' +
        'every value is rational',
    ],
    [
      { c: '2^(k*3)' },
      'the exponent in c of basis mine = "2^(k*3)" is 66 at k = 22: it must be a whole number from -64 to 64, so that ' +
        'every value is rational',
    ],
    [{ a: '2k+1' }, `cannot read a of basis mine = "2k+1": unexpected "k", write 2*k; ${ALLOWED}`],
    [{ a: '2(k+1)' }, `cannot read a of basis mine = "2(k+1)": unexpected "(", write 2*(; ${ALLOWED}`],
    [{ a: 'x' }, `cannot read a of basis mine = "x": unexpected "x"; ${ALLOWED}`],
    [{ a: 'sqrt(k)' }, `cannot read a of basis mine = "sqrt(k)": unexpected "s"; ${ALLOWED}`],
    [{ a: '(k+1' }, `cannot read a of basis mine = "(k+1": it ends too early; ${ALLOWED}`],
    [{ a: 'k+1)' }, `cannot read a of basis mine = "k+1)": unexpected ")"; ${ALLOWED}`],
    [{ a: '' }, `cannot read a of basis mine = "": it ends too early; ${ALLOWED}`],
    [{ a: '1e3' }, `cannot read a of basis mine = "1e3": unexpected "e"; ${ALLOWED}`],
    [{ a: NaN }, `cannot read a of basis mine = "NaN": unexpected "N"; ${ALLOWED}`],
    [{ a: '1+'.repeat(60) + '1' }, 'a of basis mine has 121 characters: use at most 100'],
    [
      { a: undefined as unknown as string },
      'a of basis mine is missing: give it an expression in k, such as "(2*k+1)/(k+1)"',
    ],
    [
      { b: ['k'] as unknown as string },
      'b of basis mine is ["k"]: give it an expression in k, such as "(2*k+1)/(k+1)"',
    ],
    [{ title: 'a\nb' }, 'basis mine has the text "a\\nb": use one line of at most 120 characters'],
    ...['hermite', 'hermite-prob', 'jacobi', 'laguerre'].map((name): [{ name: string }, string] => [
      { name },
      `a basis of your own is named "${name}", as one of opau's is: give it another name`,
    ]),
    ...['', 'Mine', 'my_basis', '2nd', 'a-2', 'jacobi-1o2', 'a-m1o2', 'a--b', '../a', "a';", 'a b', 'é'].map(
      (name): [{ name: string }, string] => [
        { name },
        `a basis is named ${JSON.stringify(name)}: use lower-case words of letters and digits that begin with a letter, ` +
          'joined by -, such as my-basis',
      ],
    ),
  ])('%j', (fault, message) => {
    expect(() => recurrenceFamily({ name: 'mine', a: '1', ...fault })).toThrow(new UsageError(message));
  });

  it('an object that is no family', () => {
    const basis = { ...findFamily('hermite')!, name: 'mine', classPrefix: 'A; evil()' };
    const spec = () => defineSpec({ basis, m: 3, n: 2, target: parseTarget('relu') });
    expect(spec).toThrow(
      new UsageError('the basis mine is an object of unknown origin: make it with recurrenceFamily()'),
    );
    const dressed = { ...basis, recurrenceText: recurrenceFamily(LEGENDRE).recurrenceText! };
    expect(() => defineSpec({ basis: dressed, m: 3, n: 2, target: parseTarget('relu') })).toThrow(/use PascalCase/);
  });
});
