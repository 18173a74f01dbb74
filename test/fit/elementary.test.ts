import { describe, expect, it } from 'vitest';
import * as elementary from '../../compiler/fit/elementary.js';

const ULP = 2 ** -52;

/** The largest difference from the engine's own function, relative to max(1, |value|). */
function worstError(ours: (x: number) => number, engines: (x: number) => number, low: number, high: number): number {
  let worst = 0;
  for (let i = 0; i <= 4000; i++) {
    const x = low + ((high - low) * i) / 4000;
    worst = Math.max(worst, Math.abs(ours(x) - engines(x)) / Math.max(1, Math.abs(engines(x))));
  }
  return worst;
}

describe('elementary functions from IEEE arithmetic alone', () => {
  it.each([
    ['exp', elementary.exp, Math.exp, -745, 700],
    ['exp', elementary.exp, Math.exp, -3, 3],
    ['log', elementary.log, Math.log, 1e-6, 1000],
    ['tanh', elementary.tanh, Math.tanh, -30, 30],
    ['sinh', elementary.sinh, Math.sinh, -30, 30],
    ['cosh', elementary.cosh, Math.cosh, -30, 30],
    ['sin', elementary.sin, Math.sin, -100, 100],
    ['cos', elementary.cos, Math.cos, -100, 100],
    ['atan', elementary.atan, Math.atan, -50, 50],
  ] as const)('%s agrees with the engine to a few units in the last place', (_, ours, engines, low, high) => {
    expect(worstError(ours, engines, low, high)).toBeLessThan(4 * ULP);
  });

  // erf to 16 digits: Abramowitz and Stegun, table 7.1, and mpmath.
  it.each([
    [0, 0],
    [0.5, 0.5204998778130465],
    [-1, -0.8427007929497149],
    [2, 0.9953222650189527],
    [3, 0.9999779095030014],
    [7, 1],
  ])('erf(%f) = %f', (x, y) => {
    expect(Math.abs(elementary.erf(x) - y)).toBeLessThan(4 * ULP);
  });

  it('stays right at the ends of the range', () => {
    expect(elementary.exp(1000)).toBe(Infinity);
    expect(elementary.exp(-1000)).toBe(0);
    expect(elementary.log(0)).toBe(-Infinity);
    expect(elementary.log(-1)).toBeNaN();
    expect(elementary.log(Number.MIN_VALUE)).toBeCloseTo(-744.4400719213812, 10);
    expect(elementary.softplus(1000)).toBe(1000);
    expect(elementary.softplus(-1000)).toBe(0);
    expect(elementary.sigmoid(-1000)).toBe(0);
    expect(elementary.tanh(-1000)).toBe(-1);
  });

  it('raises to powers, negative bases to whole ones only', () => {
    expect(elementary.pow(-3, 3)).toBe(-27);
    expect(elementary.pow(2, -2)).toBe(0.25);
    expect(elementary.pow(2, 0.5)).toBeCloseTo(Math.SQRT2, 14);
    expect(elementary.pow(-1, 0.5)).toBeNaN();
  });
});
