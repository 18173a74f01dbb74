// F and its gradients by definition in exact rational arithmetic: no rounding at all until the answer is made a double.
import type { Family } from '../../compiler/bases/index.js';
import { Fraction, fromNumber, isNegative, isZero, ONE, ZERO } from '../../compiler/exact/rational.js';
import type { Denominator } from '../../compiler/spec.js';
import { FLOAT64, nearest } from '../../compiler/targets/number.js';

export interface Operands {
  readonly x: number;
  readonly dy: number;
  readonly c: readonly number[];
  readonly d: readonly number[];
}

/** A true value, and the size by which its error is judged. */
export interface Judged {
  readonly value: number;
  readonly size: number;
}

export interface ExactTruth {
  readonly y: Judged;
  readonly dx: Judged;
  readonly dc: readonly Judged[];
  readonly dd: readonly Judged[];
  /** Whether what stands between bars is so near to 0, and not 0, that rounding may see the other sign. */
  readonly kink: boolean;
  /** Whether Q is so near to 0 that rounding may make it 0: F has a pole there, as far as arithmetic can tell. */
  readonly pole: boolean;
}

const KINK = fromNumber(16 * 2 ** -24);

const sgn = (v: Fraction): Fraction => (isNegative(v) ? ONE.neg() : ONE);
const total = (terms: readonly Fraction[]): Fraction => terms.reduce((sum, term) => sum.add(term), ZERO);
const times = (u: readonly Fraction[], v: readonly Fraction[]): Fraction[] => u.map((ui, i) => ui.mul(v[i]!));
const sizes = (values: readonly Fraction[]): Fraction[] => values.map((value) => value.abs());

/** Gradients are those of dy F. Undefined at a pole. */
export function exactTruth(family: Family, denominator: Denominator, operands: Operands): ExactTruth | undefined {
  const [x, dy] = [fromNumber(operands.x), fromNumber(operands.dy)];
  const [c, d] = [operands.c.map(fromNumber), operands.d.map(fromNumber)];
  const { f, df, sf, sdf } = series(family, x, Math.max(c.length - 1, d.length));
  const [g, dg, sg, sdg] = [f, df, sf, sdf].map((values) => values.slice(1, d.length + 1)) as [
    Fraction[],
    Fraction[],
    Fraction[],
    Fraction[],
  ];
  const a = total(times(d, g));
  const signs = g.map((gj, j) => {
    if (denominator === 'sum-abs') return sgn(d[j]!).mul(sgn(gj));
    return denominator === 'abs-sum' ? sgn(a) : ONE;
  });
  const q = ONE.add(total(times(signs, times(d, g))));
  if (isZero(q)) return undefined;
  const dq = total(times(signs, times(d, dg)));
  const [p, dp] = [total(times(c, f)), total(times(c, df))];
  const y = p.div(q);

  const size = q.abs();
  const sq = ONE.add(total(times(sizes(d), sg)));
  const blur = sq.div(size); // an error of Q shows in the quotient as y times its share of Q
  const sy = total(times(sizes(c), sf))
    .div(size)
    .mul(blur);
  const sdx = total(times(sizes(c), sdf)).add(sy.mul(total(times(sizes(d), sdg))));
  const judged = (value: Fraction, by: Fraction): Judged => ({
    value: double(value),
    size: double(by.abs()),
  });
  const weighted = (value: Fraction, by: Fraction): Judged => judged(dy.mul(value), dy.mul(by));
  return {
    y: judged(y, sy),
    dx: weighted(dp.sub(y.mul(dq)).div(q), sdx.div(size).mul(blur)),
    dc: c.map((_, i) => weighted(f[i]!.div(q), sf[i]!.div(size).mul(blur))),
    dd: d.map((_, j) => weighted(y.mul(signs[j]!).mul(g[j]!).div(q).neg(), sy.mul(sg[j]!).div(size))),
    kink:
      denominator === 'sum-abs'
        ? g.some((gj, j) => isNear(gj, sg[j]!))
        : denominator === 'abs-sum' && isNear(a, total(times(sizes(d), sg))),
    pole: size.compare(sq.mul(KINK)) < 0,
  };
}

const isNear = (value: Fraction, size: Fraction): boolean => !isZero(value) && value.abs().compare(size.mul(KINK)) < 0;

const double = (value: Fraction): number => nearest(value, FLOAT64);

/** f_k, f_k', and both with every sign plus: what rounding errors are proportional to. */
function series(family: Family, x: Fraction, top: number) {
  const [f, df, sf, sdf] = [[ONE], [ZERO], [ONE], [ZERO]];
  const before = (values: readonly Fraction[], k: number): Fraction => values[k - 1] ?? ZERO;
  for (let k = 0; k < top; k++) {
    const { a, b, c } = family.recurrence(k);
    const factor = a.mul(x).add(b);
    const rise = a.mul(x).abs().add(b.abs());
    f.push(factor.mul(f[k]!).sub(c.mul(before(f, k))));
    df.push(
      a
        .mul(f[k]!)
        .add(factor.mul(df[k]!))
        .sub(c.mul(before(df, k))),
    );
    sf.push(rise.mul(sf[k]!).add(c.abs().mul(before(sf, k))));
    sdf.push(
      a
        .abs()
        .mul(sf[k]!)
        .add(rise.mul(sdf[k]!))
        .add(c.abs().mul(before(sdf, k))),
    );
  }
  return { f, df, sf, sdf };
}
