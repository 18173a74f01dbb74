import type { Family } from '../../compiler/bases/index.js';
import type { Denominator } from '../../compiler/spec.js';

/** An activation, as far as its values depend on it. */
export interface Function {
  readonly family: Family;
  readonly denominator: Denominator;
  readonly c: readonly number[];
  readonly d: readonly number[];
}

/** y and dx at each x, and beside each the size by which its error is judged. */
export interface Truths {
  readonly y: Float64Array;
  readonly dx: Float64Array;
  readonly sy: Float64Array;
  readonly sdx: Float64Array;
  /** 1 where what stands between bars is so near to 0 that float32 may see the other sign, and so the other slope. */
  readonly kink: Uint8Array;
}

/** Rounding errors of a few operations, as a share of the size. */
const KINK = 16 * 2 ** -24;

const sgn = (v: number): number => (v < 0 ? -1 : 1);

/**
 * F and dF/dx by definition in float64, sharing no code with the compiler's passes: the recurrence and its derivative in x,
 * scaled by a power of two s >= max(1, |x|), f_k = s^k h_k and f_k' = s^(k-1) g_k, so that nothing overflows before the
 * true value does. Scaling by powers of two is exact. `s` before a name is the same sum with every sign plus: what
 * rounding errors are proportional to.
 */
export class Truth {
  private readonly steps: readonly Float64Array[];
  private readonly top: number;

  constructor(private readonly of: Function) {
    this.top = Math.max(of.c.length - 1, of.d.length);
    const steps = Array.from({ length: this.top }, (_, k) => of.family.recurrence(k));
    this.steps = (['a', 'b', 'c'] as const).map((name) => Float64Array.from(steps, (step) => step[name].valueOf()));
  }

  evaluate(xs: Float32Array, to: Truths): void {
    const { top } = this;
    const { denominator } = this.of;
    const [a, b, c] = this.steps as [Float64Array, Float64Array, Float64Array];
    const [p, d] = [Float64Array.from(this.of.c), Float64Array.from([0, ...this.of.d])];
    const [m, n] = [p.length - 1, d.length - 1];
    for (let i = 0; i < xs.length; i++) {
      const s = scaleOf(xs[i]!);
      const [t, u] = [1 / s, xs[i]! / s];
      // h_k and g_k, their predecessors and their sizes.
      let h = 1;
      let h0 = 0;
      let g = 0;
      let g0 = 0;
      let sh = 1;
      let sh0 = 0;
      let sg = 0;
      let sg0 = 0;
      // P, P', Q = one + qh and Q', scaled.
      let ph = p[0]!;
      let pg = 0;
      let sph = Math.abs(ph);
      let spg = 0;
      let one = 1;
      let qh = 0;
      let qg = 0;
      let sqh = 0;
      let sqg = 0;
      let kink = 0;
      for (let k = 0; k < top; k++) {
        const factor = a[k]! * u + b[k]! * t;
        const rise = Math.abs(a[k]! * u) + Math.abs(b[k]!) * t;
        const fall = c[k]! * t * t;
        const h1 = factor * h - fall * h0;
        const g1 = a[k]! * h + factor * g - fall * g0;
        const sh1 = rise * sh + Math.abs(fall) * sh0;
        const sg1 = Math.abs(a[k]!) * sh + rise * sg + Math.abs(fall) * sg0;
        h0 = h;
        h = h1;
        g0 = g;
        g = g1;
        sh0 = sh;
        sh = sh1;
        sg0 = sg;
        sg = sg1;
        if (k < m) {
          const weight = p[k + 1]!;
          ph = ph * t + weight * h;
          pg = pg * t + weight * g;
          sph = sph * t + Math.abs(weight) * sh;
          spg = spg * t + Math.abs(weight) * sg;
        }
        if (k < n) {
          const weight = d[k + 1]!;
          const size = Math.abs(weight);
          one *= t;
          if (denominator === 'sum-abs') {
            qh = qh * t + size * Math.abs(h);
            qg = qg * t + size * sgn(h) * g;
            if (Math.abs(h) < KINK * sh) kink = 1;
          } else {
            qh = qh * t + weight * h;
            qg = qg * t + weight * g;
          }
          sqh = sqh * t + size * sh;
          sqg = sqg * t + size * sg;
        }
      }
      if (denominator === 'abs-sum') {
        if (Math.abs(qh) < KINK * sqh) kink = 1;
        qg *= sgn(qh);
        qh = Math.abs(qh);
      }
      const q = one + qh;
      const aq = Math.abs(q);
      const blur = (one + sqh) / aq; // an error of Q shows in the quotient as y times its share of Q
      const y = ph / q;
      const sy = (sph / aq) * blur;
      to.y[i] = scaled(y, s, m - n);
      to.sy[i] = scaled(sy, s, m - n);
      to.dx[i] = scaled((pg - y * qg) / q, s, m - n - 1);
      to.sdx[i] = scaled(((spg + sy * sqg) / aq) * blur, s, m - n - 1);
      to.kink[i] = kink;
    }
  }
}

export const truthsFor = (length: number): Truths => ({
  y: new Float64Array(length),
  dx: new Float64Array(length),
  sy: new Float64Array(length),
  sdx: new Float64Array(length),
  kink: new Uint8Array(length),
});

const bits = new DataView(new ArrayBuffer(4));

/** 1, or the next power of two above |x|. */
function scaleOf(x: number): number {
  if (!(Math.abs(x) >= 1)) return 1;
  bits.setFloat32(0, x);
  return 2 ** (((bits.getUint16(0) >> 7) & 0xff) - 126);
}

/** value s^power, without overflow on the way. */
function scaled(value: number, s: number, power: number): number {
  let result = value;
  for (let k = 0; k < power; k++) result *= s;
  for (let k = 0; k > power; k--) result /= s;
  return result;
}
