import nerdamer from 'nerdamer/all';
import { Fraction, isNegative } from '../exact/rational.js';
import type { Spec } from '../spec.js';

// It gives up after 800 ms, which a busy machine takes for one text of degree 32.
nerdamer.set('TIMEOUT', Infinity);

/** Exact values for all inputs. */
export interface Point {
  readonly x: Fraction;
  readonly dy: Fraction;
  readonly c: readonly Fraction[];
  readonly d: readonly Fraction[];
}

/**
 * y, dx, dc_i and dd_j at a point, all by nerdamer: dx is nerdamer's own derivative of the whole quotient in x, each of
 * the others that of the quotient in one coefficient v, whose basis value is the symbol z, with everything else set
 * to the point's values. |u| is written s u with s = sgn(u) at the point, because nerdamer's derivative of abs
 * divides by zero.
 */
export function witnessGradients(spec: Spec, basis: readonly string[], point: Point): ReadonlyMap<string, Fraction> {
  const { m, n } = spec;
  const at = point.x.toFraction();
  const values = basis.map((text) => exactly(nerdamer(text).sub('x', at).text('fractions')));
  const result = new Map<string, Fraction>();

  const signs = signsAt(spec, values, point);
  const whole = quotientText(spec, basis, signs, point);
  result.set('y', exactly(nerdamer(whole).sub('x', at).text('fractions')));
  // `sub`, not `evaluate`, and only after the derivative: anything else passes through decimals.
  result.set('dx', exactly(nerdamer.diff(whole, 'x').sub('x', at).text('fractions')));

  const numbers = values.map((value) => value.toFraction());
  const record = (name: string, free: Free, value: Fraction, index: number): void => {
    const derivative = nerdamer.diff(quotientText(spec, numbers, signs, point, free), 'v').sub('v', value.toFraction());
    result.set(name, exactly(derivative.sub('z', numbers[index]!).text('fractions')));
  };
  for (let i = 0; i <= m; i++) record(`dc${i}`, { c: i }, point.c[i]!, i);
  for (let j = 1; j <= n; j++) record(`dd${j}`, { d: j }, point.d[j - 1]!, j);
  return result;
}

/** The coefficient that is the symbol v. */
interface Free {
  readonly c?: number;
  readonly d?: number;
}

/** sgn of each |.| at the point: of every d_j f_j, or of their sum. */
function signsAt({ denominator }: Spec, values: readonly Fraction[], { d }: Point): readonly string[] {
  const terms = d.map((dj, j) => dj.mul(values[j + 1]!));
  const sum = terms.reduce((total, term) => total.add(term), new Fraction(0));
  const sign = (value: Fraction): string => (isNegative(value) ? '(-1)' : '1');
  switch (denominator) {
    case 'sum-abs':
      return terms.map(sign);
    case 'abs-sum':
      return terms.map(() => sign(sum));
    case 'none':
      return terms.map(() => '1');
    default:
      return denominator satisfies never;
  }
}

/** P / Q with f_k as given, and v z in place of the free term. */
function quotientText(
  { m, n }: Spec,
  basis: readonly string[],
  signs: readonly string[],
  { c, d }: Point,
  free: Free = {},
): string {
  const term = (value: Fraction, k: number, isFree: boolean): string =>
    isFree ? 'v*z' : `(${value.toFraction()})*(${basis[k]!})`;
  const p = Array.from({ length: m + 1 }, (_, i) => term(c[i]!, i, free.c === i));
  const q = Array.from({ length: n }, (_, j) => `${signs[j]!}*${term(d[j]!, j + 1, free.d === j + 1)}`);
  return `(${p.join('+')})/(${['1', ...q].join('+')})`;
}

const exactly = (text: string): Fraction => new Fraction(text.replace(/[()]/g, ''));
