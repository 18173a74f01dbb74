import type { At, Definition } from './definition.js';
import type { Big } from './digits.js';

/** A true value, and the size by which an error of it is judged. */
export interface Judged {
  readonly value: number;
  readonly size: number;
  /** How fast it moves with x, at the most: what is lost where x is below the normal range. */
  readonly slope: number;
  /** What a product that has fallen below float32's range may still be multiplied by: a basis value or its slope, and F. */
  readonly gain: number;
}

/**
 * F and its gradients at one point, named y, dx, dc0 .. and dd1 .. . The size of a value is the sum of the magnitudes of its
 * terms over Q, where f_k counts as |f_k| + (|x| + offset) |f_k'|: what it moves by when x, the constant b of a x + b and
 * its own digits are rounded. On a domain around 4 a small x is a small difference of large numbers.
 */
export type Truth = ReadonlyMap<string, Judged>;

/** As near to its kink as this many roundings, |u| may be seen from either side. */
const NEAR = 64 * 2 ** -24;

/** A computed root is this near to 0 where it is an exact one. */
const EXACT = 1e-50;

/** The basis at one x, for any coefficients. */
export interface Series {
  readonly x: Big;
  readonly f: readonly Big[];
  readonly df: readonly Big[];
  readonly sf: readonly Big[];
  readonly sdf: readonly Big[];
  readonly sddf: readonly Big[];
  /** The largest basis value or slope that programs have to multiply by. */
  readonly gain: Big;
}

export function seriesAt(definition: Definition, x: Big): Series {
  const [f, df, ddf] = definition.basis(x, 2) as [readonly Big[], readonly Big[], readonly Big[]];
  const reach = x.abs().plus(definition.offset);
  const size = (value: Big, slope: Big): Big => value.abs().plus(reach.times(slope.abs()));
  return {
    x,
    f,
    df,
    sf: f.map((fk, k) => size(fk, df[k]!)),
    sdf: df.map((dfk, k) => size(dfk, ddf[k]!)),
    sddf: ddf.map((value) => value.abs()),
    gain: gainAt(definition, x, f, df),
  };
}

/** The largest of |f_k| / s^k and |f_k'| / s^(k-1), s = max(1, |x| / 4), as programs scale them, and of those at |x| = 4. */
function gainAt(definition: Definition, x: Big, f: readonly Big[], df: readonly Big[]): Big {
  const { digits, zero, one } = definition;
  const shrink = one.div(digits.max(one, x.abs().div(4)));
  let power = one;
  const scaled = f.flatMap((value, k) => {
    const pair = [value, df[k + 1] ?? zero].map((part) => part.times(power));
    power = power.times(shrink);
    return pair;
  });
  const near = x.abs().gt(4) ? definition.basis(digits.of(x.isNegative() ? -4 : 4), 1).flat() : [];
  return [...scaled, ...near].reduce((most, value) => digits.max(most, value.abs()), one);
}

/** The sign of each |u| of Q. */
export type Signs = readonly number[];

/**
 * The signs that are right at a point, sgn(v) = -1 where v < 0, else +1, the exact ones first; and where rounding may put
 * |u| on either side of its kink, those of the other side. Numbers below `flushed` may have become 0 on the way to u.
 */
export function signsAt(definition: Definition, { f, df, sf }: Series, d: At['d'], flushed = 0): readonly Signs[] {
  const barred = definition.bars(f, d);
  const isSum = definition.spec.denominator === 'abs-sum';
  const total = (values: readonly Big[]): Big =>
    definition.sum(
      values.map((value) => value.abs()),
      d.map((dj) => dj.abs()),
    );
  const sizes = isSum ? [total(sf)] : sf.slice(1);
  const slopes = isSum ? [total(df)] : df.slice(1).map((slope) => slope.abs());
  const signs = barred.map(({ inside }, i) => {
    const isZero = inside.abs().lte(sizes[i]!.times(EXACT));
    return inside.isNegative() && !isZero ? -1 : 1;
  });
  const isFlushed = (size: Big, slope: Big): boolean =>
    // A kink of no slope is none.
    flushed > 0 && slope.gt(flushed) && size.lte(slope.plus(1).times(flushed));
  const near = barred.flatMap(({ inside }, i) => {
    const share = sizes[i]!.isZero() ? 0 : inside.abs().div(sizes[i]!).toNumber();
    return share > EXACT && (share < NEAR || isFlushed(inside.abs(), slopes[i]!)) ? [i] : [];
  });
  return near.reduce<readonly Signs[]>(
    (all, i) => [...all, ...all.map((way) => way.map((sign, k) => (k === i ? -sign : sign)))],
    [signs],
  );
}

/** What is right at a point, by definition in many digits. */
export function truthAt(definition: Definition, series: Series, c: At['c'], d: At['d']): Truth {
  return truthWith(definition, series, c, d, signsAt(definition, series, d)[0]!);
}

/** What is right where each |u| has the given sign. */
export function truthWith(
  definition: Definition,
  { f, df, sf, sdf, sddf, gain }: Series,
  c: At['c'],
  d: At['d'],
  signs: Signs,
): Truth {
  const { zero, one, spec } = definition;
  const magnitudes = (values: readonly Big[]): Big[] => values.map((value) => value.abs());
  const [p, dp] = [definition.numerator(f, c), definition.numerator(df, c)];
  const q = definition.denominator(f, d);
  // Q' and dQ/dd_j.
  const sign = spec.denominator === 'abs-sum' ? (signs[0] ?? 1) : 1;
  const dq =
    spec.denominator === 'sum-abs'
      ? d.reduce(
          (sum, dj, j) =>
            sum.plus(
              dj
                .abs()
                .times(signs[j]!)
                .times(df[j + 1]!),
            ),
          zero,
        )
      : definition.sum(df, d).times(sign);
  const slopes = d.map((dj, j) =>
    spec.denominator === 'sum-abs'
      ? f[j + 1]!.abs().times(dj.isNegative() && !dj.isZero() ? -1 : 1)
      : f[j + 1]!.times(sign),
  );
  const y = p.div(q);

  const [ac, ad] = [magnitudes(c), magnitudes(d)];
  const over = one.div(q.abs());
  // An error of Q shows in the quotient as the quotient times its share of Q.
  const blur = one.plus(definition.sum(sf, ad)).times(over);
  /** sum_j |d_j g_j| / Q, and how fast a quotient moves whose numerator's terms move by `moving`. */
  const share = (g: readonly Big[]): Big => definition.sum(g, ad).times(over);
  const numeratorSlope = (moving: readonly Big[], still: readonly Big[]): Big =>
    definition
      .numerator(moving, ac)
      .times(over)
      .plus(definition.numerator(still, ac).times(over).times(share(sdf)));
  const sy = definition.numerator(sf, ac).times(over).times(blur);
  const sdx = definition
    .numerator(sdf, ac)
    .times(over)
    .plus(sy.times(share(sdf)))
    .times(blur);
  const sdy = numeratorSlope(sdf, sf);
  const judged = (value: Big, size: Big, slope: Big, factor = one): Judged => ({
    value: value.toNumber(),
    size: size.toNumber(),
    slope: slope.toNumber(),
    gain: gain.times(factor).toNumber(),
  });
  const byF = definition.digits.max(one, y.abs());
  return new Map([
    ['y', judged(y, sy, sdy)],
    ['dx', judged(dp.minus(y.times(dq)).div(q), sdx, numeratorSlope(sddf, sdf).plus(sdy.times(share(sdf))), byF)],
    ...c.map((_, i): [string, Judged] => [
      `dc${i}`,
      judged(f[i]!.div(q), sf[i]!.times(over).times(blur), sdf[i]!.times(over)),
    ]),
    ...slopes.map((slope, j): [string, Judged] => {
      const [gj, dgj] = [sf[j + 1]!.times(over), sdf[j + 1]!.times(over)];
      return [
        `dd${j + 1}`,
        judged(y.times(slope).div(q).neg(), sy.times(gj).times(blur), sy.times(dgj).plus(sdy.times(gj)), byF),
      ];
    }),
  ]);
}
