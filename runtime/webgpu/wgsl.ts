import { bitsOf, SAFE, SMALLEST_NORMAL } from '../shader.js';

/** Threads of a workgroup. */
export const THREADS = 64;

/** Columns of threads that read neighbouring elements of different sets, where a set's own lie too far apart. */
export const MOST_LANES = 64;

/** How the statements of a module see numbers: one by one, or four at a time. */
export type Width = 1 | 4;

/**
 * Each kernel runs in two passes: plain float32 over everything that is safe, and wide numbers over the rest, if there is
 * any. Together in one shader the wide ones would cost registers even where no input needs them.
 */
export type Pass = 'plain' | 'wide';

/** A statement for each: an array with an index that varies lies in memory, others in registers. */
const load = (to: string, from: string, count: number): string =>
  Array.from(
    { length: count },
    (_, i) => `  ${to}[${i}] = ${from}[own_set * ${count}u + ${i}u]; largest = max(largest, magnitude(${to}[${i}]));`,
  ).join('\n');

/** What both kernels' shaders declare before their own functions. */
export const declarations = (width: Width, m: number, n: number): string => `
alias real = ${width === 4 ? 'vec4f' : 'f32'};
alias bits = ${width === 4 ? 'vec4u' : 'u32'};
alias truths = ${width === 4 ? 'vec4<bool>' : 'bool'};

/** The coefficients of this thread's set, read once. */
var<private> own_c: array<f32, ${m + 1}>;
fn numerator(i: u32) -> f32 { return own_c[i]; }
${
  n > 0
    ? `var<private> own_d: array<f32, ${n}>;
fn denominator(j: u32) -> f32 { return own_d[j]; }`
    : ''
}

/** Whether float32 is safe for the coefficients. */
var<private> fitting: bool;
fn load_coefficients(own_set: u32) {
  var largest = 0u;
${load('own_c', 'cs', m + 1)}
${load('own_d', 'ds', n)}
  fitting = largest <= ${bitsOf(SAFE.coefficient)}u;
}

/** Bits without the sign are in the order of the numbers; NaN comes last. Comparing floats may take NaN for anything. */
fn magnitude(v: f32) -> u32 { return bitcast<u32>(v) & 0x7fffffffu; }
fn magnitudes(v: real) -> bits { return bitcast<bits>(v) & bits(0x7fffffffu); }

/** v = 0 or least <= |v| <= most, by the bits of both; 0 wraps around to the largest number here. */
fn is_within(v: real, least: u32, most: u32) -> truths {
  let size = magnitudes(v);
  return (size <= bits(most)) & (size - bits(1u) >= bits(least - 1u));
}
fn sgn(v: real) -> real { return select(real(1.0), real(-1.0), v < real(0.0)); }
`;

/** Whether the values of a variable are 0, or their magnitudes between these numbers. */
export const isWithin = (name: string, least: number, most: number): string =>
  `is_within(${name}, ${bitsOf(least)}u, ${bitsOf(most)}u)`;

/**
 * Whether plain float32 is safe for all of x, a vector or a number, and for what else is asked of it: within the radius, and
 * not below the normal numbers, which devices may take for 0, on whose other side a basis value can have another sign. One
 * condition with `&`: each `&&` would be a branch.
 */
export const isSafe = (radius: number, ...others: readonly string[]): string =>
  radius < 0 ? 'false' : `fitting & all(${[isWithin('x', SMALLEST_NORMAL, radius), ...others].join(' & ')})`;

/** `to = f(from, ...)`, lane by lane where numbers are vectors. */
export const eachLane = (width: Width, to: string, f: string, from: readonly string[]): string =>
  width === 1
    ? `${to} = ${f}(${from.join(', ')});`
    : `for (var i = 0; i < ${width}; i++) { ${to}[i] = ${f}(${from.map((name) => `${name}[i]`).join(', ')}); }`;

/**
 * Numbers m 2^e with 1 <= |m| < 2, or 0, infinite or NaN: float32 arithmetic without overflow and underflow. Without a
 * branch, too: devices put all calls into one piece, and with hundreds of branches some take long to compile it.
 */
export const WIDE = `
struct Wide { m: f32, e: i32 }

/** The exponent of 0: below all others. */
const LOWEST = -0x100000;

fn normal(m: f32, e: i32) -> Wide {
  let stored = bitcast<u32>(m);
  let exponent = i32((stored >> 23u) & 255u);
  // All bits where m is 0, or where it is infinite or NaN and stays as it is; else none.
  let zero = (exponent - 1) >> 31u;
  let odd = (254 - exponent) >> 31u;
  let one = (stored & (0x807fffffu | u32(odd))) | (0x3f800000u & ~u32(odd));
  return Wide(bitcast<f32>(one & ~u32(zero)), ((e + exponent - 127) & ~(zero | odd)) | (LOWEST & zero));
}

/** Below the normal numbers bits count steps of 2^-149. */
fn wide(v: f32) -> Wide {
  let size = magnitude(v);
  let sign = select(1.0, -1.0, bitcast<u32>(v) >= 0x80000000u);
  let small = normal(sign * f32(size), -149);
  let usual = normal(v, 0);
  let is_small = size < 0x800000u && size > 0u;
  return Wide(select(usual.m, small.m, is_small), select(usual.e, small.e, is_small));
}

/** An infinite x counts as the largest finite one. */
fn wide_input(v: f32) -> Wide {
  let stored = bitcast<u32>(v);
  return wide(bitcast<f32>(select(stored, stored - 1u, magnitude(v) == 0x7f800000u)));
}

/** 2^e for -126 <= e <= 127. */
fn power(e: i32) -> f32 { return bitcast<f32>(u32(e + 127) << 23u); }

fn narrow(v: Wide) -> f32 {
  let most = clamp(v.e, -126, 127);
  return v.m * power(most) * power(clamp(v.e - most, -126, 127));
}

fn wide_mul(a: Wide, b: Wide) -> Wide { return normal(a.m * b.m, a.e + b.e); }
fn wide_div(a: Wide, b: Wide) -> Wide { return normal(a.m / b.m, a.e - b.e); }
fn wide_add(a: Wide, b: Wide) -> Wide {
  let e = max(a.e, b.e);
  return normal(a.m * power(max(a.e - e, -126)) + b.m * power(max(b.e - e, -126)), e);
}
fn wide_neg(v: Wide) -> Wide { return Wide(-v.m, v.e); }
fn wide_sub(a: Wide, b: Wide) -> Wide { return wide_add(a, wide_neg(b)); }
fn wide_abs(v: Wide) -> Wide { return Wide(abs(v.m), v.e); }
fn wide_sgn(v: Wide) -> Wide { return Wide(select(1.0, -1.0, v.m < 0.0), 0); }
`;
