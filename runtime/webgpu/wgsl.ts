import { bitsOf, SAFE } from '../shader.js';

/** Threads of a workgroup. */
export const THREADS = 256;

/** How the statements of a module see numbers: one by one, or four at a time. */
export type Width = 1 | 4;

/** What both kernels' shaders declare before their own functions. */
export const declarations = (width: Width, m: number, n: number): string => `
alias real = ${width === 4 ? 'vec4f' : 'f32'};
alias bits = ${width === 4 ? 'vec4u' : 'u32'};

/** Which set of coefficients this thread works with. */
var<private> own_set: u32;
fn numerator(i: u32) -> f32 { return cs[own_set * ${m + 1}u + i]; }
${n > 0 ? `fn denominator(j: u32) -> f32 { return ds[own_set * ${n}u + j]; }` : ''}

/** Whether float32 is safe for the coefficients. */
var<private> fitting: bool;
fn coefficients_fit() -> bool {
  var largest = 0u;
  for (var i = 0u; i < ${m + 1}u; i++) { largest = max(largest, magnitude(numerator(i))); }
  ${n > 0 ? `for (var j = 0u; j < ${n}u; j++) { largest = max(largest, magnitude(denominator(j))); }` : ''}
  return largest <= ${bitsOf(SAFE.coefficient)}u;
}

/** Bits without the sign are in the order of the numbers; NaN comes last. Comparing floats may take NaN for anything. */
fn magnitude(v: f32) -> u32 { return bitcast<u32>(v) & 0x7fffffffu; }
fn magnitudes(v: real) -> bits { return bitcast<bits>(v) & bits(0x7fffffffu); }
fn sgn(v: real) -> real { return select(real(1.0), real(-1.0), v < real(0.0)); }
`;

/** Whether all of x lies within the radius. */
export const within = (radius: number): string =>
  radius < 0 ? 'false' : `fitting && all(magnitudes(x) <= bits(${bitsOf(radius)}u))`;

/** Numbers m 2^e with 1 <= |m| < 2, or 0, infinite or NaN: float32 arithmetic without overflow and underflow. */
export const WIDE = `
struct Wide { m: f32, e: i32 }

/** The exponent of 0: below all others. */
const LOWEST = -0x100000;

fn normal(m: f32, e: i32) -> Wide {
  let stored = bitcast<u32>(m);
  let exponent = i32((stored >> 23u) & 255u);
  if (exponent == 0) { return Wide(0.0, LOWEST); }
  if (exponent == 255) { return Wide(m, 0); }
  return Wide(bitcast<f32>((stored & 0x807fffffu) | 0x3f800000u), e + exponent - 127);
}

fn wide(v: f32) -> Wide { return normal(v, 0); }

fn narrow(v: Wide) -> f32 {
  if (v.e > 127) { return bitcast<f32>((bitcast<u32>(v.m) & 0x80000000u) | 0x7f800000u); }
  if (v.e >= -126) { return v.m * power(v.e); }
  return v.m * power(-126) * power(max(v.e + 126, -126));
}

/** 2^e for -126 <= e <= 127. */
fn power(e: i32) -> f32 { return bitcast<f32>(u32(e + 127) << 23u); }

fn wide_mul(a: Wide, b: Wide) -> Wide { return normal(a.m * b.m, a.e + b.e); }
fn wide_div(a: Wide, b: Wide) -> Wide { return normal(a.m / b.m, a.e - b.e); }
fn wide_add(a: Wide, b: Wide) -> Wide {
  let lower = power(-min(abs(a.e - b.e), 126));
  if (a.e >= b.e) { return normal(a.m + b.m * lower, a.e); }
  return normal(b.m + a.m * lower, b.e);
}
fn wide_sub(a: Wide, b: Wide) -> Wide { return wide_add(a, wide_neg(b)); }
fn wide_neg(v: Wide) -> Wide { return Wide(-v.m, v.e); }
fn wide_abs(v: Wide) -> Wide { return Wide(abs(v.m), v.e); }
fn wide_sgn(v: Wide) -> Wide { return Wide(select(1.0, -1.0, v.m < 0.0), 0); }
`;
