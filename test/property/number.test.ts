import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromNumber, isNegative, rational, type Fraction } from '../../compiler/exact/rational.js';
import { FLOAT32, FLOAT64, nearest, numberText, type FloatFormat } from '../../compiler/targets/number.js';

/** What each language takes for a floating-point number; signs are operators there, but for the text format of wasm. */
const GRAMMARS: Readonly<Record<string, RegExp>> = {
  // ECMAScript, "DecimalLiteral".
  typescript: /^(?:(?:0|[1-9]\d*)\.\d*|\.\d+|(?:0|[1-9]\d*))(?:[eE][+-]?\d+)?$/,
  // WGSL, "decimal_float_literal", without a suffix.
  wgsl: /^(?:\d*\.\d+(?:[eE][+-]?\d+)?|\d+\.\d*(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+)$/,
  // GLSL ES 3.00, "floating_constant".
  glsl: /^(?:(?:\d+\.\d*|\d*\.\d+)(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+)$/,
  // WebAssembly, "float".
  wat: /^\d+(?:\.\d*)?(?:[eE][+-]?\d+)?$/,
};

/** The exact value of a decimal text: no parser rounds on the way, not even once. */
function exactly(text: string): Fraction {
  const [, sign, whole, part = '', exponent = '0'] = /^(-?)(\d*)\.?(\d*)(?:e([+-]?\d+))?$/.exec(text)!;
  const power = Number(exponent) - part.length;
  const digits = BigInt(`${sign}${whole}${part}`);
  return power < 0 ? rational(digits, 10n ** BigInt(-power)) : rational(digits * 10n ** BigInt(power));
}

function check(value: Fraction, format: FloatFormat): void {
  const wanted = nearest(value, format);
  if (!Number.isFinite(wanted)) {
    expect(() => numberText(value, format)).toThrow(RangeError);
    return;
  }
  const text = numberText(value, format);
  // Read in one step, in two by way of doubles, as compilers of shaders do, and by the engine: always the same number.
  const readings = [nearest(exactly(text), format), format === FLOAT32 ? Math.fround(Number(text)) : Number(text)];
  if (readings.some((reading) => reading !== wanted))
    throw new Error(`${value.toFraction()}: ${text} is not ${wanted}`);
  const bare = text.replace(/^-/, '');
  for (const [language, grammar] of Object.entries(GRAMMARS)) {
    if (!grammar.test(bare)) throw new Error(`${value.toFraction()}: ${text} is not a float in ${language}`);
  }
  if (isNegative(value) && wanted !== 0 && !text.startsWith('-')) throw new Error(`${text} has lost its sign`);
}

/** Quotients of up to 80 bits, moved over the whole range of either format and beyond its ends. */
const rationals = fc
  .tuple(
    fc.bigInt({ min: -(2n ** 80n), max: 2n ** 80n }),
    fc.bigInt({ min: 1n, max: 2n ** 80n }),
    fc.integer({ min: -170, max: 150 }),
  )
  .map(([n, d, shift]) => (shift < 0 ? rational(n, d << BigInt(-shift)) : rational(n << BigInt(shift), d)));

const FORMATS = [
  ['float32', FLOAT32],
  ['float64', FLOAT64],
] as const;

describe.each(FORMATS)('numbers printed as %s', (_, format) => {
  it('read back to the same number in every language, 100,000 rationals', () => {
    fc.assert(
      fc.property(rationals, (value) => check(value, format)),
      { numRuns: 100_000, seed: 20240609 },
    );
  }, 600_000);

  it('read back to the same number in every language, every float32', () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (value) => check(fromNumber(value), format)),
      { numRuns: 20_000, seed: 20240610 },
    );
  }, 600_000);

  it.each([
    ['0', rational(0)],
    ['2^24 - 1', rational(2 ** 24 - 1)],
    ['2^24', rational(2 ** 24)],
    ['2^24 + 1', rational(2 ** 24 + 1)],
    ['the same, negative', rational(-(2 ** 24) - 1)],
    ['2^53 + 1', rational(2n ** 53n + 1n)],
    ['1e20', rational(10n ** 20n)],
    ['1e21, where texts get an exponent', rational(10n ** 21n)],
    ['1e22', rational(10n ** 22n)],
    ['1e-6', rational(1n, 10n ** 6n)],
    ['1e-7, where texts get an exponent', rational(1n, 10n ** 7n)],
    ['65504, the largest float16', rational(65504)],
    ['65505', rational(65505)],
    ['the largest float32', fromNumber(FLOAT32.max)],
    ['half a step above it', rational(2n ** 128n - 2n ** 103n)],
    ['a little less', rational(2n ** 128n - 2n ** 103n - 1n)],
    ['the smallest normal float32', rational(1n, 2n ** 126n)],
    ['the largest subnormal', rational(2n ** 23n - 1n, 2n ** 149n)],
    ['the smallest subnormal', rational(1n, 2n ** 149n)],
    ['half of it', rational(1n, 2n ** 150n)],
    ['a little more', rational(2n ** 60n + 1n, 2n ** 210n)],
    ['a third', rational(1, 3)],
    ['two thirds, negative', rational(-2, 3)],
  ])('%s', (_name, value) => check(value, format));
});
