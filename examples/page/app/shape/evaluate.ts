import type { Step } from '../../../../compiler/fit/basis-values.js';
import type { Denominator } from '../../../../compiler/spec.js';

/** A function as the page draws it: the basis by its recurrence, and coefficients. */
export interface Shape {
  readonly steps: readonly Step[];
  readonly denominator: Denominator;
  /** m + 1 and n of them. */
  readonly c: readonly number[];
  readonly d: readonly number[];
}

export interface Curve {
  /** F and F' at each point. */
  readonly y: Float64Array;
  readonly slope: Float64Array;
}

/** The project's policy at kinks. */
const sgn = (value: number): number => (value < 0 ? -1 : 1);

/** The basis and its derivative at some points: what coefficients do not change, computed once for all that come. */
export interface BasisTable {
  readonly count: number;
  /** f_k at point i is f[i * stride + k]; so in df. */
  readonly stride: number;
  readonly f: Float64Array;
  readonly df: Float64Array;
}

/** Up to the higher degree of a shape. */
export function tabulate({ steps, c, d }: Shape, xs: Float64Array): BasisTable {
  const stride = Math.max(c.length, d.length + 1);
  const [f, df] = [new Float64Array(xs.length * stride), new Float64Array(xs.length * stride)];
  for (let i = 0; i < xs.length; i++) {
    f[i * stride] = 1;
    basisAt(steps, xs[i]!, f.subarray(i * stride, (i + 1) * stride), df.subarray(i * stride, (i + 1) * stride));
  }
  return { count: xs.length, stride, f, df };
}

/** F and F' in float64. */
export const evaluate = (shape: Shape, xs: Float64Array): Curve => evaluateOn(shape, tabulate(shape, xs));

/** The same at the points of a table that was made for the shape's basis and degrees. */
export function evaluateOn({ denominator, c, d }: Shape, { count, stride, f, df }: BasisTable): Curve {
  const eachAbs = denominator === 'sum-abs';
  const [top, weights] = [
    Float64Array.from(c),
    Float64Array.from(d, (weight) => (eachAbs ? Math.abs(weight) : weight)),
  ];
  const [y, slope] = [new Float64Array(count), new Float64Array(count)];
  for (let i = 0, at = 0; i < count; i++, at += stride) {
    let [p, dp, q, dq] = [0, 0, 0, 0];
    for (let k = 0; k < top.length; k++) {
      p += top[k]! * f[at + k]!;
      dp += top[k]! * df[at + k]!;
    }
    for (let j = 1; j <= weights.length; j++) {
      const [weight, value, rise] = [weights[j - 1]!, f[at + j]!, df[at + j]!];
      // d/dx |d f| = |d| sgn(f) f'
      q += weight * (eachAbs ? Math.abs(value) : value);
      dq += weight * (eachAbs && value < 0 ? -rise : rise);
    }
    if (denominator === 'abs-sum') [q, dq] = [Math.abs(q), sgn(q) * dq];
    const r = 1 / (1 + q);
    y[i] = p * r;
    slope[i] = (dp - p * r * dq) * r;
  }
  return { y, slope };
}

/** f_0 .. f_top and their derivatives f'_{k+1} = a_k f_k + (a_k x + b_k) f'_k - c_k f'_{k-1} at x, where f[0] is 1. */
function basisAt(steps: readonly Step[], x: number, f: Float64Array, df: Float64Array): void {
  for (let k = 0; k + 1 < f.length; k++) {
    const { a, b, c } = steps[k]!;
    const before = k === 0 ? 0 : f[k - 1]!;
    const slopeBefore = k === 0 ? 0 : df[k - 1]!;
    f[k + 1] = (a * x + b) * f[k]! - c * before;
    df[k + 1] = a * f[k]! + (a * x + b) * df[k]! - c * slopeBefore;
  }
}

/** f_0 .. f_top at one point. */
export function basis(steps: readonly Step[], top: number, x: number): Float64Array {
  const f = new Float64Array(top + 1);
  f[0] = 1;
  basisAt(steps, x, f, new Float64Array(top + 1));
  return f;
}
