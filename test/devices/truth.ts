// F and its gradients in doubles, by definition: the witness of this suite. It shares no code with the compiler.
import type { Activation } from './device.js';
import { series } from './families.js';

const sgn = (v: number): number => (v < 0 ? -1 : 1);
const dot = (u: readonly number[], v: readonly number[]): number => u.reduce((sum, ui, i) => sum + ui * v[i]!, 0);

/** Values and partial derivatives at one x, and beside each (s...) the size by which its error is judged. */
export interface Truth {
  readonly y: number;
  readonly dx: number;
  readonly dc: readonly number[];
  readonly dd: readonly number[];
  readonly sy: number;
  readonly sdx: number;
  readonly sdc: readonly number[];
  readonly sdd: readonly number[];
  /** Whether what stands between bars is so near to 0 that float32 may see the other sign, and so the other slope. */
  readonly kink: boolean;
}

/** Rounding errors of a few operations, as a share of the size. */
const KINK = 16 * 2 ** -24;

/** c and d as float32 has them; sgn(v) = -1 where v < 0, else +1. */
export function truth(of: Activation, x: number, c: readonly number[], d: readonly number[]): Truth {
  const { denominator } = of;
  const { f, df, sf, sdf } = series(of, x, Math.max(c.length - 1, d.length));
  const [g, dg, sg, sdg] = [f, df, sf, sdf].map((values) => values.slice(1, d.length + 1));
  const abs = (values: readonly number[]): number[] => values.map(Math.abs);
  const sum = dot(d, g!);
  const [p, dp] = [dot(c, f), dot(c, df)];
  // sgn of the one sum, or of each term; Q' and dQ/dd_j follow.
  const sign = denominator === 'abs-sum' ? sgn(sum) : 1;
  const [q, dq, qd] =
    denominator === 'sum-abs'
      ? [
          1 + dot(abs(d), abs(g!)),
          d.reduce((total, dj, j) => total + Math.abs(dj) * sgn(g![j]!) * dg![j]!, 0),
          d.map((dj, j) => sgn(dj) * Math.abs(g![j]!)),
        ]
      : [1 + sign * sum, sign * dot(d, dg!), g!.map((gj) => sign * gj)];
  const [aq, sq, sdq] = [Math.abs(q), 1 + dot(abs(d), sg!), dot(abs(d), sdg!)];
  const y = p / q;
  // An error of Q shows in the quotient as y times its share of Q.
  const blur = sq / aq;
  const sy = (dot(abs(c), sf) / aq) * blur;
  return {
    y,
    dx: (dp - y * dq) / q,
    dc: c.map((_, i) => f[i]! / q),
    dd: qd.map((slope) => (-y * slope) / q),
    sy,
    sdx: (dot(abs(c), sdf) / aq + (sy * sdq) / aq) * blur,
    sdc: c.map((_, i) => (sf[i]! / aq) * blur),
    sdd: d.map((_, j) => ((sy * sg![j]!) / aq) * blur),
    kink:
      denominator === 'sum-abs'
        ? g!.some((gj, j) => Math.abs(gj) < KINK * sg![j]!)
        : denominator === 'abs-sum' && Math.abs(sum) < KINK * sq,
  };
}
