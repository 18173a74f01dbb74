import { describe, expect, it } from 'vitest';
import type { Activation } from '../../compiler/activation.js';
import { families, findFamily, type Family } from '../../compiler/bases/index.js';
import { rational } from '../../compiler/exact/rational.js';
import { evaluate, type Arithmetic } from '../../compiler/expr/evaluate.js';
import { topological } from '../../compiler/expr/node.js';
import { parseTarget } from '../../compiler/fit/targets.js';
import { generate } from '../../compiler/generate.js';
import { cautions, largestCoefficient } from '../../compiler/stages/formats.js';
import { expand } from '../../compiler/stages/expand.js';
import { defineSpec } from '../../compiler/spec.js';
import { arithmeticOnly, specOf } from '../support/emit.js';

/** The nearest binary16 number, ties to even: 11 bits, exponents from -14, 65504 the largest. Exact: powers of two only. */
function half(value: number): number {
  if (!Number.isFinite(value) || value === 0) return value;
  const exponent = Math.max(-14, Math.floor(Math.log2(Math.abs(value))));
  const steps = value / 2 ** (exponent - 10);
  const down = Math.floor(steps);
  const rest = steps - down;
  const rounded = rest > 0.5 || (rest === 0.5 && down % 2 !== 0) ? down + 1 : down;
  const result = rounded * 2 ** (exponent - 10);
  return Math.abs(result) > 65504 ? Math.sign(value) * Infinity : result;
}

const halves: Arithmetic<number> = {
  constant: (value) => half(value.valueOf()),
  add: (a, b) => half(a + b),
  sub: (a, b) => half(a - b),
  mul: (a, b) => half(a * b),
  div: (a, b) => half(a / b),
  max: Math.max,
  neg: (a) => -a,
  abs: Math.abs,
  sgn: (a) => (a < 0 ? -1 : 1),
};

const activationOf = (basis: string, m: number, n: number): Activation =>
  generate(specOf(basis, m, n), arithmeticOnly).activation;

/** Whether every value of the composed program is finite in float16, all over the interval. */
function fitsHalf({ singles, spec, fit }: Activation): boolean {
  const outputs = [...singles.forward, ...singles.backward];
  const nodes = topological(outputs.flatMap(({ expr, factor }) => (factor === undefined ? expr : [expr, factor])));
  const [low, high] = spec.interval;
  return Array.from({ length: 121 }, (_, i) => low + ((high - low) * i) / 120).every((x) => {
    const inputs = new Map([
      ['x', half(x)],
      ['dy', 1],
      ...fit.c.map((ci, k): [string, number] => [`c${k}`, half(ci)]),
      ...fit.d.map((dj, j): [string, number] => [`d${j + 1}`, half(dj)]),
    ]);
    return evaluate(nodes, inputs, halves).every(Number.isFinite);
  });
}

const says = ({ cautions }: Activation, what: RegExp): boolean => cautions.some((line) => what.test(line));

/** x^2 + size for f_2, on an interval where values stay small enough. */
function withCoefficient(size: number): Activation {
  const monomial = findFamily('monomial')!;
  const family: Family = {
    ...monomial,
    name: 'own',
    recurrence: (k) => ({ a: rational(1), b: rational(0), c: rational(k === 1 ? -size : 0) }),
  };
  const spec = { ...defineSpec({ basis: 'monomial', m: 2, n: 1, target: parseTarget('relu') }), family };
  return generate(spec, arithmeticOnly).activation;
}

it('rounds to binary16 as IEEE 754 says', () => {
  expect([65504, 65519, 65520, 2049, 2051, 2 ** -24, 2 ** -25, -1.0009765625, 0.1].map(half)).toEqual([
    65504,
    65504,
    Infinity,
    2048,
    2052,
    2 ** -24,
    0,
    -1.0009765625,
    0.0999755859375,
  ]);
});

describe('the caution about coefficients', () => {
  it.each([
    [2 ** 24, false],
    [2 ** 24 + 1, true],
  ])('comes where float32 has the number no longer: %d', (size, cautioned) => {
    expect(Math.fround(size) === size).toBe(!cautioned);
    expect(says(withCoefficient(size), /coefficient .* beyond 2\^24/)).toBe(cautioned);
  });

  it.each([
    [65504, false],
    [65520, true],
  ])('comes where float16 has the number no longer: %d', (size, cautioned) => {
    expect(Number.isFinite(half(size))).toBe(!cautioned);
    expect(says(withCoefficient(size), /coefficient .* beyond 65504/)).toBe(cautioned);
  });

  it.each(families.map(({ name }) => name))('comes at the first degree with one that is too large: %s', (basis) => {
    const spec = specOf(basis, 1, 0);
    for (let top = 1; top <= 32; top++) {
      const { polynomials } = expand(spec.family, top);
      const coefficients = polynomials.flat().map((a) => a.abs());
      const cautioned = cautions(spec, { coefficient: largestCoefficient(polynomials), value: { x: 0, size: 0 } });
      const isBeyond = /beyond 2\^24/.test(cautioned.join());
      expect(isBeyond, `degree ${top}`).toBe(coefficients.some((a) => a.compare(2 ** 24) > 0));
      const whole = coefficients.filter((a) => a.d === 1n);
      if (!isBeyond) expect(whole.every((a) => BigInt(Math.fround(Number(a.n))) === a.n)).toBe(true);
    }
  });
});

describe('the caution about values', () => {
  it.each(['monomial', 'chebyshev-t', 'hermite'])(
    'comes exactly where float16 overflows on the interval: %s',
    (basis) => {
      const seen = new Set<boolean>();
      for (const m of [4, 7, 9, 10, 11, 12]) {
        const activation = activationOf(basis, m, m - 1);
        const cautioned = says(activation, /^values reach .* beyond 65504/);
        expect(cautioned, `${m}/${m - 1}`).toBe(!fitsHalf(activation));
        seen.add(cautioned);
      }
      // Both were looked at.
      expect(seen.size).toBe(2);
    },
  );

  it('is met by what it advises', () => {
    const plain = activationOf('hermite', 16, 15);
    expect(plain.cautions.at(-1)).toBe('smaller numbers come with --normalise, or --domain A,B, or lower degrees');
    const spec = defineSpec({ basis: 'hermite', m: 16, n: 15, normalise: true, target: parseTarget('relu') });
    const normalised = generate(spec, arithmeticOnly).activation;
    expect(normalised.cautions).toEqual([]);
    expect([fitsHalf(plain), fitsHalf(normalised)]).toEqual([false, true]);
  });
});
