/**
 * exp, log, erf and their kin out of + - * / and sqrt alone.
 *
 * ECMAScript leaves the last bits of Math.exp, Math.tanh and Math.sin to the engine; a fit turns a last bit into other
 * coefficients, and generated files must be byte-identical on every machine. IEEE arithmetic is the same everywhere.
 * Errors are a few units in the last place, relative to max(1, |value|) where a difference is taken near zero.
 */

const LN2 = 0.6931471805599453;
// Cody and Waite's split of ln 2 and of pi/2: the high parts have trailing zero bits, so k times them is exact (fdlibm).
const LN2_HIGH = 0.69314718036912381649;
const LN2_LOW = 1.90821492927058770002e-10;
const HALF_PI_HIGH = 1.57079632673412561417;
const HALF_PI_LOW = 6.07710050650619224932e-11;

/** 2^k without Math.pow, whose last bits are the engine's own. */
export function powerOfTwo(k: number): number {
  let value = 1;
  for (let i = 0; i < Math.abs(k); i++) value *= k < 0 ? 0.5 : 2;
  return value;
}

export function exp(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > 710) return Infinity;
  if (x < -746) return 0;
  const k = Math.round(x / LN2);
  const r = x - k * LN2_HIGH - k * LN2_LOW;
  let sum = 1;
  for (let j = 14; j >= 1; j--) sum = 1 + (r / j) * sum; // Taylor: |r| <= ln2/2, r^15/15! < 1e-19
  const half = Math.trunc(k / 2);
  return sum * powerOfTwo(half) * powerOfTwo(k - half);
}

export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return x;
  let mantissa = x;
  let k = 0;
  for (; mantissa > Math.SQRT2; k++) mantissa *= 0.5;
  for (; mantissa < Math.SQRT1_2; k--) mantissa *= 2;
  const s = (mantissa - 1) / (mantissa + 1);
  const s2 = s * s; // log m = 2 atanh(s), s2 <= 0.0295
  let sum = 0;
  for (let j = 23; j >= 1; j -= 2) sum = sum * s2 + 1 / j;
  return k * LN2_HIGH + (2 * s * sum + k * LN2_LOW);
}

export function pow(base: number, exponent: number): number {
  if (!Number.isInteger(exponent) || Math.abs(exponent) > 1024) return exp(exponent * log(base));
  let value = 1;
  for (let square = base, k = Math.abs(exponent); k > 0; k = Math.floor(k / 2), square *= square) {
    if (k % 2 === 1) value *= square;
  }
  return exponent < 0 ? 1 / value : value;
}

export const sinh = (x: number): number => (exp(x) - exp(-x)) / 2;
export const cosh = (x: number): number => (exp(x) + exp(-x)) / 2;

export function tanh(x: number): number {
  const decay = exp(-2 * Math.abs(x));
  const size = (1 - decay) / (1 + decay);
  return x < 0 ? -size : size;
}

/** 1 / (1 + e^-x), from the side on which nothing overflows. */
export function sigmoid(x: number): number {
  const decay = exp(-Math.abs(x));
  return (x < 0 ? decay : 1) / (1 + decay);
}

/** log(1 + e^x) = max(x, 0) + log(1 + e^-|x|). */
export const softplus = (x: number): number => Math.max(x, 0) + log(1 + exp(-Math.abs(x)));

/** erf x = 2/sqrt(pi) e^{-x^2} sum_k 2^k x^{2k+1} / (2k+1)!!: all terms positive, hence stable (DLMF 7.6.2). */
export function erf(x: number): number {
  if (Number.isNaN(x)) return x;
  if (Math.abs(x) > 6) return x < 0 ? -1 : 1; // erfc(6) = 2e-17
  let term = x;
  let sum = x;
  for (let k = 1; Math.abs(term) > 1e-17 * Math.abs(sum); k++) {
    term *= (2 * x * x) / (2 * k + 1);
    sum += term;
  }
  return 1.1283791670955126 * exp(-x * x) * sum;
}

/** cos and sin of x - quadrant * pi/2, by Taylor's series on |r| <= pi/4. The reduction holds for |x| < 1e6; else NaN. */
function sinCos(x: number): { quadrant: number; sine: number; cosine: number } {
  const k = Math.round(x / (Math.PI / 2));
  const r = Math.abs(x) < 1e6 ? x - k * HALF_PI_HIGH - k * HALF_PI_LOW : NaN;
  let sine = 1;
  let cosine = 1;
  for (let j = 18; j >= 2; j -= 2) {
    sine = 1 - ((r * r) / (j * (j + 1))) * sine;
    cosine = 1 - ((r * r) / (j * (j - 1))) * cosine;
  }
  return { quadrant: ((k % 4) + 4) % 4, sine: r * sine, cosine };
}

export function sin(x: number): number {
  const { quadrant, sine, cosine } = sinCos(x);
  const size = quadrant % 2 === 0 ? sine : cosine;
  return quadrant >= 2 ? -size : size;
}

export const cos = (x: number): number => {
  const { quadrant, sine, cosine } = sinCos(x);
  const size = quadrant % 2 === 0 ? cosine : sine;
  return quadrant === 1 || quadrant === 2 ? -size : size;
};

/** atan x = 2 atan(x / (1 + sqrt(1 + x^2))), thrice, and then the series. */
export function atan(x: number): number {
  if (Math.abs(x) > 1) return (x < 0 ? -1 : 1) * (Math.PI / 2) - atan(1 / x);
  let t = x;
  for (let i = 0; i < 3; i++) t /= 1 + Math.sqrt(1 + t * t);
  let sum = 0;
  for (let j = 17; j >= 1; j -= 2) sum = 1 / j - t * t * sum; // |t| <= 0.0985
  return 8 * t * sum;
}
