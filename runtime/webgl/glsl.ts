import { bitsOf } from '../shader.js';
import type { ActivationSpec } from '../spec.js';

/** How the statements of a module see numbers: a texel's four at a time, or one by one where they are of several sets. */
export type Width = 1 | 4;

/** What reads and writes textures. Texels are counted along the rows of their texture. */
export const TEXELS = `
ivec2 place(int index, int width) {
  int row = index / width;
  return ivec2(index - row * width, row);
}

vec4 texel(sampler2D source, int index) { return texelFetch(source, place(index, textureSize(source, 0).x), 0); }

int own_width() { return (outTexShape[1] + 1) / 2; }

/** Which texel this fragment writes. */
int own_texel() { return int(gl_FragCoord.y) * own_width() + int(gl_FragCoord.x); }

/** That texel of another tensor of the same shape: mostly at the same place, but what was reshaped may be of another width. */
vec4 own_texel_of(sampler2D source) {
  int width = textureSize(source, 0).x;
  if (width == own_width()) { return texelFetch(source, ivec2(gl_FragCoord.xy), 0); }
  return texelFetch(source, place(own_texel(), width), 0);
}
`;

/** Texels that one set of coefficients takes: whether it is safe for float32 (1 or 0), c_0 .. c_m, d_1 .. d_n. */
export const texelsOf = ({ m, n }: ActivationSpec): number => Math.ceil((m + n + 2) / 4);

/** Bits without the sign are in the order of the numbers; NaN comes last. Comparing floats may take NaN for anything. */
export const MAGNITUDE = `
uint magnitude(float v) { return floatBitsToUint(v) & 0x7fffffffu; }
`;

/** What the shaders that know F declare before their own functions. */
export const declarations = (spec: ActivationSpec, width: Width): string => `
#define real ${width === 4 ? 'vec4' : 'float'}
#define bits ${width === 4 ? 'uvec4' : 'uint'}
${TEXELS}
/** What coefficientsShader wrote for one set. */
vec4 numbers[${texelsOf(spec)}];
#define numerator(i) numbers[(i + 1) / 4][(i + 1) % 4]
#define denominator(j) numbers[(j + ${spec.m + 2}) / 4][(j + ${spec.m + 2}) % 4]
/** Whether float32 is safe for the coefficients. */
bool fitting = false;

void choose_set(int set) {
${Array.from({ length: texelsOf(spec) }, (_, i) => `  numbers[${i}] = texel(coefficients, set * ${texelsOf(spec)} + ${i});`).join('\n')}
  fitting = numbers[0].x == 1.0;
}

${MAGNITUDE}bits magnitudes(real v) { return floatBitsToUint(v) & bits(0x7fffffffu); }
${
  width === 4
    ? `bool at_most(bits a, bits b) { return all(lessThanEqual(a, b)); }
real sgn(real v) { return mix(real(1.0), real(-1.0), lessThan(v, real(0.0))); }`
    : `bool at_most(bits a, bits b) { return a <= b; }
real sgn(real v) { return 1.0 - 2.0 * float(v < 0.0); }`
}

${WIDE}`;

/** Whether all of x lies within the radius. */
export const within = (radius: number): string =>
  radius < 0 ? 'false' : `fitting && at_most(magnitudes(x), bits(${bitsOf(radius)}u))`;

/** Statements of a module on `real` numbers, or on wide ones. */
export const statements = (text: string, type: 'real' | 'Wide'): string => `
#define let ${type}
${text}
#undef let
`;

/** The statement that computes a number of each lane; in it, lane is the number's place in a texel. */
export const eachLane = (statement: string): string => `for (int lane = 0; lane < 4; lane++) { ${statement} }`;

/**
 * Numbers m 2^e with 1 <= |m| < 2, or 0, infinite or NaN: float32 arithmetic without overflow and underflow. Without a
 * branch, too: devices put all calls into one piece, and with hundreds of branches some take minutes to compile it.
 */
const WIDE = `
struct Wide { float m; int e; };

/** The exponent of 0: below all others. */
const int LOWEST = -0x100000;

Wide normal(float m, int e) {
  uint stored = floatBitsToUint(m);
  int exponent = int((stored >> 23u) & 255u);
  // All bits where m is 0, or where it is infinite or NaN and stays as it is; else none.
  int zero = (exponent - 1) >> 31;
  int odd = (254 - exponent) >> 31;
  uint one = (stored & (0x807fffffu | uint(odd))) | (0x3f800000u & ~uint(odd));
  return Wide(uintBitsToFloat(one & ~uint(zero)), ((e + exponent - 127) & ~(zero | odd)) | (LOWEST & zero));
}

Wide wide(float v) { return normal(v, 0); }

/**
 * The same for an input below the normal range, which arithmetic may take for 0: by its bits. An infinite one counts as the
 * largest finite one.
 */
Wide wide_input(float v) {
  uint stored = floatBitsToUint(v);
  stored -= uint((stored & 0x7fffffffu) == 0x7f800000u);
  int tiny = (int((stored >> 23u) & 255u) - 1) >> 31;
  uint scaled = floatBitsToUint(float(int(stored & 0x007fffffu))) | (stored & 0x80000000u);
  return normal(uintBitsToFloat((stored & ~uint(tiny)) | (scaled & uint(tiny))), -149 & tiny);
}

/** 2^e for -126 <= e <= 127. */
float power(int e) { return uintBitsToFloat(uint(e + 127) << 23u); }

float narrow(Wide v) {
  int most = clamp(v.e, -126, 127);
  return v.m * power(most) * power(clamp(v.e - most, -126, 127));
}

Wide wide_mul(Wide a, Wide b) { return normal(a.m * b.m, a.e + b.e); }
Wide wide_div(Wide a, Wide b) { return normal(a.m / b.m, a.e - b.e); }
Wide wide_add(Wide a, Wide b) {
  int e = max(a.e, b.e);
  return normal(a.m * power(max(a.e - e, -126)) + b.m * power(max(b.e - e, -126)), e);
}
Wide wide_neg(Wide v) { return Wide(-v.m, v.e); }
Wide wide_sub(Wide a, Wide b) { return wide_add(a, wide_neg(b)); }
Wide wide_abs(Wide v) { return Wide(abs(v.m), v.e); }
Wide wide_sgn(Wide v) { return Wide(1.0 - 2.0 * float(v.m < 0.0), 0); }
`;
