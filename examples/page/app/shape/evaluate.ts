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

/**
 * F and F' in float64, in one pass over the recurrence and its derivative
 * f'_{k+1} = a_k f_k + (a_k x + b_k) f'_k - c_k f'_{k-1}.
 */
export function evaluate({ steps, denominator, c, d }: Shape, xs: Float64Array): Curve {
  const top = Math.max(c.length - 1, d.length);
  const f = new Float64Array(top + 1);
  const df = new Float64Array(top + 1);
  f[0] = 1;
  const y = new Float64Array(xs.length);
  const slope = new Float64Array(xs.length);
  for (let i = 0; i < xs.length; i++) {
    const x = xs[i]!;
    basisAt(steps, x, f, df);
    let [p, dp, q, dq] = [0, 0, 0, 0];
    for (let k = 0; k < c.length; k++) {
      p += c[k]! * f[k]!;
      dp += c[k]! * df[k]!;
    }
    for (let j = 1; j <= d.length; j++) {
      const term = d[j - 1]! * f[j]!;
      // d/dx |d f| = |d| sgn(f) f'
      q += denominator === 'sum-abs' ? Math.abs(term) : term;
      dq += denominator === 'sum-abs' ? Math.abs(d[j - 1]!) * sgn(f[j]!) * df[j]! : d[j - 1]! * df[j]!;
    }
    if (denominator === 'abs-sum') [q, dq] = [Math.abs(q), sgn(q) * dq];
    const r = 1 / (1 + q);
    y[i] = p * r;
    slope[i] = (dp - p * r * dq) * r;
  }
  return { y, slope };
}

/** f_0 .. f_top and their derivatives at x, where f[0] is 1. */
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
