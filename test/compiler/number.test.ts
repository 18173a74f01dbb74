import { describe, expect, it } from 'vitest';
import { fromNumber, rational } from '../../compiler/exact/rational.js';
import { FLOAT32, FLOAT64, nearest, numberText, shortest } from '../../compiler/targets/number.js';

/** 31-bit linear congruential numbers, the same on every run. */
function* lcg(seed: number): Generator<number> {
  for (let state = seed; ;) yield (state = (state * 1103515245 + 12345) % 2147483648);
}

describe('nearest', () => {
  it.each([
    [rational(2 ** 24 + 1), 2 ** 24],
    [rational(2 ** 24 + 3), 2 ** 24 + 4],
    [rational(2 ** 24 - 1), 2 ** 24 - 1],
    [rational(-1, 3), Math.fround(-1 / 3)],
    [rational(1n, 2n ** 149n), 2 ** -149],
    [rational(1n, 2n ** 150n), 0],
    [rational(3n, 2n ** 150n), 2 ** -148],
    [rational(65504), 65504],
    [rational(2n ** 128n), Infinity],
    [rational(-(2n ** 128n)), -Infinity],
    [rational(2n ** 128n - 2n ** 104n), (2 - 2 ** -23) * 2 ** 127],
  ])('rounds %s to float32 once, ties to even', (value, expected) => {
    expect(nearest(value, FLOAT32)).toBe(expected);
  });

  it('agrees with the engine on doubles and floats', () => {
    const random = lcg(7);
    for (let i = 0; i < 3000; i++) {
      const [n, d] = [random.next().value as number, 1 + (random.next().value as number)];
      expect(nearest(rational(n, d), FLOAT64)).toBe(n / d);
      const wide = n * 2 ** ((random.next().value % 200) - 100);
      expect(nearest(fromNumber(wide), FLOAT32)).toBe(Math.fround(wide));
    }
  });
});

describe('numberText', () => {
  it.each([
    [rational(2), '2.0'],
    [rational(1, 3), '0.33333334'],
    [rational(10n ** 21n), '1e+21'],
    [rational(10n ** 20n), '100000000000000000000.0'],
    [rational(-1, 1024), '-0.0009765625'],
    [rational(0), '0.0'],
    [rational(65504), '65504.0'],
    [rational(1n, 2n ** 149n), '1e-45'],
  ])('writes %s in float32 as %s', (value, text) => {
    expect(numberText(value, FLOAT32)).toBe(text);
  });

  it('reads back to the same number, for both formats', () => {
    const random = lcg(11);
    for (let i = 0; i < 3000; i++) {
      const value = rational(random.next().value as number, 1 + ((random.next().value as number) % 65536));
      expect(Math.fround(Number(numberText(value, FLOAT32)))).toBe(nearest(value, FLOAT32));
      expect(Number(numberText(value, FLOAT64))).toBe(nearest(value, FLOAT64));
      expect(numberText(value, FLOAT32)).toMatch(/[.e]/);
    }
  });

  it('refuses what does not fit', () => {
    expect(() => numberText(rational(2n ** 200n), FLOAT32)).toThrow(/does not fit/);
  });

  it('keeps -0 and numbers that are already rounded', () => {
    expect(shortest(Math.fround(0.1), FLOAT32)).toBe('0.1');
  });
});
