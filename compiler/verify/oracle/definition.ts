import type { Spec } from '../../spec.js';
import type { Big, Digits } from './digits.js';

/** Where F is looked at. */
export interface At {
  readonly x: Big;
  /** c_0 .. c_m. */
  readonly c: readonly Big[];
  /** d_1 .. d_n. */
  readonly d: readonly Big[];
}

/** One |u| of the denominator, times its weight. */
export interface Bar {
  readonly weight: Big;
  readonly inside: Big;
}

/**
 * F written down as it is defined, from the family's recurrence, in many digits. It shares no code with the compiler's
 * expressions: what it says is held against them.
 */
export class Definition {
  readonly zero: Big;
  readonly one: Big;
  /** How far from 0 the recurrence has its centre, the least |b_k / a_k|: 0 for a family with parity, unless it is moved. */
  readonly offset: Big;
  private readonly steps: readonly { readonly a: Big; readonly b: Big; readonly c: Big }[];

  constructor(
    readonly spec: Spec,
    readonly digits: Digits,
  ) {
    [this.zero, this.one] = [digits.of(0), digits.of(1)];
    this.steps = Array.from({ length: Math.max(spec.m, spec.n) }, (_, k) => {
      const { a, b, c } = spec.family.recurrence(k);
      return { a: digits.constant(a), b: digits.constant(b), c: digits.constant(c) };
    });
    this.offset = this.steps
      .map(({ a, b }) => b.div(a).abs())
      .reduce((least, value) => (value.lt(least) ? value : least));
  }

  /** f_0(x) .. f_top(x), and their first `order` derivatives: result[r][k] is the r-th derivative of f_k. */
  basis(x: Big, order = 0): readonly (readonly Big[])[] {
    const rows = Array.from({ length: order + 1 }, (_, r) => [r === 0 ? this.one : this.zero]);
    this.steps.forEach(({ a, b, c }, k) => {
      const factor = a.times(x).plus(b);
      rows.forEach((row, r) => {
        const rising = factor.times(row[k]!).minus(c.times(row[k - 1] ?? this.zero));
        row.push(r === 0 ? rising : rising.plus(a.times(r).times(rows[r - 1]![k]!)));
      });
    });
    return rows;
  }

  /** P, from the values of the basis. */
  numerator(f: readonly Big[], c: readonly Big[]): Big {
    return c.reduce((sum, ci, i) => sum.plus(ci.times(f[i]!)), this.zero);
  }

  /** A = sum_j d_j f_j. */
  sum(f: readonly Big[], d: readonly Big[]): Big {
    return d.reduce((sum, dj, j) => sum.plus(dj.times(f[j + 1]!)), this.zero);
  }

  denominator(f: readonly Big[], d: readonly Big[]): Big {
    if (this.spec.denominator === 'none') return this.one.plus(this.sum(f, d));
    return this.bars(f, d).reduce((q, { weight, inside }) => q.plus(weight.times(inside.abs())), this.one);
  }

  /** What stands between bars, as it depends on x (each f_j weighted by |d_j|) or on d (each d_j weighted by |f_j|). */
  bars(f: readonly Big[], d: readonly Big[], by: 'x' | 'd' = 'x'): readonly Bar[] {
    switch (this.spec.denominator) {
      case 'sum-abs':
        return d.map((dj, j) => {
          const fj = f[j + 1]!;
          return by === 'x' ? { weight: dj.abs(), inside: fj } : { weight: fj.abs(), inside: dj };
        });
      case 'abs-sum':
        return d.length === 0 ? [] : [{ weight: this.one, inside: this.sum(f, d) }];
      case 'none':
        return [];
      default:
        return this.spec.denominator satisfies never;
    }
  }
}
