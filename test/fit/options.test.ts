import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { families } from '../../compiler/bases/index.js';
import { expandFamily } from '../../compiler/exact/polynomial.js';
import { fromNumber, ZERO } from '../../compiler/exact/rational.js';
import { fitInitial } from '../../compiler/fit/index.js';
import { errorCurve, measureErrors } from '../../compiler/fit/measure.js';
import { parseTarget, resolveTarget } from '../../compiler/fit/targets.js';
import { defineSpec, DENOMINATORS, type SpecRequest } from '../../compiler/spec.js';

const everything = families.flatMap(({ name }) => DENOMINATORS.map((denominator) => ({ basis: name, denominator })));
const fitOf = (request: Omit<SpecRequest, 'target'>, target = 'leaky_relu') =>
  fitInitial(defineSpec({ ...request, target: parseTarget(target) }));

describe('zero-centre', () => {
  /** A fit with its sum c_i f_i(0), exactly. */
  function centred(request: Omit<SpecRequest, 'target' | 'zeroCentre'>) {
    const spec = defineSpec({ ...request, target: parseTarget('leaky_relu'), zeroCentre: true });
    const fit = fitInitial(spec);
    const atZero = expandFamily(spec.family, spec.m).map((f) => f[0] ?? ZERO);
    const sum = fit.c.reduce((total, value, i) => total.add(fromNumber(value).mul(atZero[i]!)), ZERO);
    expect(fit.c.map(Math.fround)).toEqual(fit.c);
    expect(fit.c.some((value) => value !== 0)).toBe(true);
    return { fit, sum };
  }

  it.each(everything)('$basis $denominator: sum c_i f_i(0) is exactly 0', (row) => {
    for (const shape of [
      { m: 5, n: 4 },
      { m: 1, n: 1 },
      { m: 6, n: 2 },
      { m: 4, n: 3, norm: 'minimax' },
    ]) {
      const { fit, sum } = centred({ ...row, ...shape });
      expect(sum.equals(ZERO)).toBe(true);
      expect(fit.samples[0]).toEqual({ x: 0, y: 0 });
    }
  });

  // Here the steps of the c_i, with which sums are exact, would be larger than the c_i: RMSE .008, .86 and 2.4.
  it.each([
    [{ basis: 'legendre', m: 12, n: 2, denominator: 'none' }, 0.004],
    [{ basis: 'hermite', m: 5, n: 4, normalise: true }, 0.0325],
    [{ basis: 'chebyshev-t', m: 32, n: 2 }, 0.009],
  ])('%j: where that would cost too much, it is 0 to within the rounding of c_0', (request, rmse) => {
    const { fit, sum } = centred(request);
    expect(fit.rmse).toBeLessThan(rmse);
    expect(Math.abs(sum.valueOf())).toBeLessThanOrEqual(2 ** -24 * Math.abs(fit.c[0]!));
  });
});

describe('minimax', () => {
  it.each(everything)('$basis $denominator: its largest error is below that of least squares', (row) => {
    for (const tail of ['bounded', 'free']) {
      const request = { ...row, m: 3, n: 2, tail };
      const [squares, largest] = [fitOf(request), fitOf({ ...request, norm: 'minimax' })];
      expect(largest.maxError).toBeLessThanOrEqual(squares.maxError);
      expect(largest.rmse).toBeGreaterThanOrEqual(0.999 * squares.rmse);
    }
  });

  it('finds one and the same error with every family without absolute values: the functions are the same', () => {
    const errors = families.map(
      ({ name }) => fitOf({ basis: name, m: 5, n: 4, denominator: 'none', norm: 'minimax' }).maxError,
    );
    for (const error of errors) expect(error / errors[0]!).toBeCloseTo(1, 2);
    expect(errors[0]).toBeLessThan(0.0128);
  });

  // E_m of e^x on [-1, 1] by polynomials: Remez's values.
  it.each([
    [1, 0.278801],
    [2, 0.0450174],
    [3, 0.00552837],
    [4, 0.000546667],
  ])('finds the least error of e^x by polynomials of degree %d, %f', async (m, least) => {
    const interval = [-1, 1] as const;
    const target = await resolveTarget('exp(x)', interval);
    const fit = fitInitial(defineSpec({ basis: 'legendre', m, n: 0, target, interval, norm: 'minimax', tail: 'free' }));
    expect(fit.maxError / least).toBeGreaterThan(0.9999);
    expect(fit.maxError / least).toBeLessThan(1.002);
  });

  it('finds x^2 + 1/8 for |x|', async () => {
    const interval = [-1, 1] as const;
    const target = await resolveTarget('abs(x) + 0 * x', interval);
    const spec = defineSpec({ basis: 'monomial', m: 2, n: 0, target, interval, norm: 'minimax', tail: 'free' });
    const { c, maxError } = fitInitial(spec);
    expect(maxError).toBeCloseTo(1 / 8, 5);
    [1 / 8, 0, 1].forEach((value, i) => expect(c[i]).toBeCloseTo(value, 4));
  });

  it('equioscillates: m + n + 2 peaks of one size, with signs in turn', () => {
    const spec = defineSpec({
      ...{ basis: 'chebyshev-t', m: 3, n: 2, denominator: 'none', norm: 'minimax', tail: 'free' },
      target: parseTarget('softplus'),
    });
    const fit = fitInitial(spec);
    const { errors } = errorCurve(spec, fit.c, fit.d);
    const high = [...errors].filter((error) => Math.abs(error) > 0.97 * fit.maxError).map(Math.sign);
    const turns = high.filter((sign, i) => i === 0 || sign !== high[i - 1]).length;
    expect(turns).toBeGreaterThanOrEqual(6);
  });
});

interface Published {
  readonly basis: string;
  readonly denominator: string;
  readonly m: number;
  readonly n: number;
  readonly target: string;
  readonly c: readonly number[];
  readonly d: readonly number[];
  readonly rmse: number;
  readonly max_error: number;
}
const { entries } = JSON.parse(readFileSync(new URL('../vectors/published-pau.json', import.meta.url), 'utf8')) as {
  entries: readonly Published[];
};

describe('published PAU tables', () => {
  it.each(entries)('$denominator $m/$n $target', ({ c, d, rmse, max_error, target, ...shape }) => {
    const base = { ...shape, target: parseTarget(target) };
    const free = defineSpec({ ...base, tail: 'free' });
    const published = measureErrors(free, c, d);
    expect(published.rmse / rmse).toBeCloseTo(1, 6);
    expect(published.maxError / max_error).toBeCloseTo(1, 6);
    // A layer holds float32: a table of 1e-9 is worth what is left of it then.
    const imported = fitInitial(defineSpec({ ...base, initial: { source: 'published', c, d } }));
    expect(Math.abs(imported.rmse - rmse)).toBeLessThan(2e-8);
    expect(fitInitial(free).rmse).toBeLessThanOrEqual(1.001 * Math.max(rmse, imported.rmse));
    expect(fitInitial({ ...free, norm: 'minimax' }).maxError).toBeLessThanOrEqual(
      Math.max(max_error, imported.maxError),
    );
  });
});
