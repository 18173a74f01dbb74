// The shape of every emitted module; compiler/emit/module.ts fills in the mathematics. It is a module that works:
// as it stands, F(x) = c_0 / (1 + |d_1 x|).
import { add, div, mul, neg, serialization, type Tensor } from '@tensorflow/tfjs-core';
import {
  abs,
  columns,
  defineActivation,
  fromColumns,
  PadeLayer,
  sgn,
  total,
  type ComposedGradients,
  type PadeLayerArgs,
} from 'opau/runtime';

/** What this module was generated from, and the coefficients that a new layer starts with. */
export const spec = Object.freeze({
  basis: 'monomial',
  m: 0,
  n: 1,
  denominator: 'sum-abs',
  initial: Object.freeze({
    target: 'example',
    interval: Object.freeze([-3, 3] as const),
    c: Object.freeze([1]),
    d: Object.freeze([1]),
    rmse: 0,
    maxError: 0,
  }),
} as const);

/** The largest float32: an infinite x counts as this, and NaN stays. */
const LARGEST = 3.4028234663852886e38;

/** ys[k] = F(xs[k]), in doubles. */
function forward(xs: Float32Array, c: Float32Array, d: Float32Array, ys: Float32Array): void {
  const [c0, d1] = [c[0]!, d[0]!];
  for (let k = 0; k < xs.length; k++) {
    const x = Math.min(Math.max(xs[k]!, -LARGEST), LARGEST);
    ys[k] = c0 / (1 + Math.abs(d1 * x));
  }
}

/** dxs[k] = dys[k] dF/dx(xs[k]); dc and dd become the sums over k of dys[k] dF/dc_i and dys[k] dF/dd_j. */
function backward(
  xs: Float32Array,
  dys: Float32Array,
  c: Float32Array,
  d: Float32Array,
  dxs: Float32Array,
  dc: Float32Array,
  dd: Float32Array,
): void {
  const [c0, d1] = [c[0]!, d[0]!];
  let [dc0, dd1] = [0, 0];
  for (let k = 0; k < xs.length; k++) {
    const x = Math.min(Math.max(xs[k]!, -LARGEST), LARGEST);
    const r = 1 / (1 + Math.abs(d1 * x));
    const w = dys[k]! * r;
    const v = w * c0 * r;
    dxs[k] = -v * Math.abs(d1) * (x < 0 ? -1 : 1);
    dc0 += w;
    dd1 += v * Math.abs(x);
  }
  dc[0] = dc0;
  dd[0] = -(d1 < 0 ? -1 : 1) * dd1;
}

/**
 * F in tf ops, for backends without kernels of their own. They are float32: x is scaled by s = max(1, |x| / 4). x has shape
 * [outer, sets, inner], and each coefficient [sets, 1].
 */
function composedForward(x: Tensor, c: Tensor, d: Tensor): Tensor {
  const c0 = columns(c)[0]!;
  const d1 = columns(d)[0]!;
  return div(c0, add(1, abs(mul(d1, x))));
}

/** The gradients in tf ops that can themselves be differentiated. */
function composedBackward(x: Tensor, dy: Tensor, c: Tensor, d: Tensor): ComposedGradients {
  const c0 = columns(c)[0]!;
  const d1 = columns(d)[0]!;
  const r = div(1, add(1, abs(mul(d1, x))));
  const w = mul(dy, r);
  const v = mul(mul(w, c0), r);
  const dx = neg(mul(v, mul(abs(d1), sgn(x))));
  return { dx, dc: fromColumns([total(w)]), dd: fromColumns([neg(mul(sgn(d1), total(mul(v, abs(x)))))]) };
}

/**
 * The kernels of the wasm backend: the bytes of a WebAssembly module in base64, and where in it the imported memory is
 * described. `opau-gen` assembles it from the same formulas; this one is empty, so that the composed form runs instead.
 */
const wasm = Object.freeze({ base64: '', limitsAt: 0 });

/**
 * The kernels of GPU backends, in words that WGSL and GLSL have in common; the runtime puts a shader around each. `plain`
 * is float32, for |x| up to the radius; `wide` has an exponent of its own, for all else. `finish` is for the sums.
 */
const shader = Object.freeze({
  forward: Object.freeze({
    radius: 1048576,
    plain: `
let c0 = real(numerator(0));
let d1 = real(denominator(0));
y = c0 / (1.0 + abs(d1 * x));
`,
    wide: `
let c0 = wide(numerator(0));
let d1 = wide(denominator(0));
y = wide_div(c0, wide_add(wide(1.0), wide_abs(wide_mul(d1, x))));
`,
  }),
  backward: Object.freeze({ radius: -1, plain: '', wide: '' }),
  finish: '',
});

/**
 * F as a differentiable op: x of any shape, c of shape [m + 1], d of shape [n], all float32; returns x's shape. Leading
 * dimensions of c and d broadcast to x's shape: sets of coefficients, each for its part of x.
 */
export const templatePade = defineActivation({
  name: 'TemplatePade',
  spec,
  cpu: { forward, backward },
  wasm,
  webgpu: shader,
  webgl: shader,
  composed: { forward: composedForward, backward: composedBackward },
});

/**
 * F as a layer with trainable weights `numerator` [m + 1] and `denominator` [n], shared by all elements unless `args` say
 * otherwise.
 */
export class TemplatePade extends PadeLayer {
  static readonly className = 'TemplatePade';

  constructor(args?: PadeLayerArgs) {
    super(templatePade, args);
  }
}
serialization.registerClass(TemplatePade);
