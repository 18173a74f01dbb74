import type { ActivationOp } from 'opau/runtime';
import { Worst } from '../support/units.js';
import { nameOf, UNITS, type Activation, type Device } from './device.js';
import { evaluate, vector, type Evaluation, type Results } from './evaluate.js';
import { truth, type Truth } from './truth.js';

export function expectEqual(actual: unknown, expected: unknown, what: string): void {
  const [ours, theirs] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (ours !== theirs) throw new Error(`${what}: ${ours} instead of ${theirs}`);
}

export function expectThat(condition: boolean, what: string): void {
  if (!condition) throw new Error(what);
}

/** Same bits, NaN like NaN: for runs that must not differ. */
export function expectSameBits(actual: Float32Array, expected: Float32Array, what: string): void {
  expectEqual(actual.length, expected.length, `length of ${what}`);
  const off = actual.findIndex((value, k) => !Object.is(value, expected[k]));
  expectThat(off === -1, `${what}[${off}]: ${actual[off]}, then ${expected[off]}`);
}

/** Notes the worst error for the report, and throws where it is above the bound. */
export function conclude(device: Device, kind: string, worst: Worst): void {
  device.note(kind, worst.units, worst.where);
  worst.expectWithin(UNITS);
}

/** Which coefficients an element has; one set for all if left out. */
export interface Sets {
  readonly count: number;
  setOf(element: number): number;
}

const ONE_SET: Sets = { count: 1, setOf: () => 0 };

/** What an op is evaluated at. x and dy repeat after `period` elements, if they do. */
export interface At {
  readonly x: ArrayLike<number>;
  readonly c: readonly number[];
  readonly d: readonly number[];
  readonly dy: ArrayLike<number>;
  readonly period?: number;
}

/**
 * Holds an evaluation against doubles: y and dx element by element, dc and dd against their sums over the elements of
 * each set. c and d hold the sets one after the other. Right at a kink dx has two answers, and is not looked at.
 */
export function judge(
  worst: Worst,
  of: Activation,
  { x, c, d, dy, period = x.length }: At,
  results: Results,
  sets: Sets = ONE_SET,
  where = '',
): void {
  const [lc, ld] = [of.m + 1, of.n];
  const sums = (length: number): Float64Array => new Float64Array(length * sets.count);
  const [dc, sdc, dd, sdd] = [sums(lc), sums(lc), sums(ld), sums(ld)];
  expectEqual([results.y.length, results.dx.length], [x.length, x.length], `${where} elements of y and dx`);
  const truths: Truth[] = [];
  for (let k = 0; k < x.length; k++) {
    const s = sets.setOf(k);
    const t = (truths[k % period] ??= truth(of, x[k]!, c.slice(s * lc, (s + 1) * lc), d.slice(s * ld, (s + 1) * ld)));
    const g = dy[k]!;
    const at = (): string => `${nameOf(of)}${where} at x[${k}] = ${x[k]}`;
    worst.see(results.y[k]!, t.y, t.sy, () => `y, ${at()}`);
    if (!t.kink) worst.see(results.dx[k]!, g * t.dx, Math.abs(g) * t.sdx, () => `dx, ${at()}`);
    for (let i = 0; i < lc; i++) {
      dc[s * lc + i]! += g * t.dc[i]!;
      sdc[s * lc + i]! += Math.abs(g) * t.sdc[i]!;
    }
    for (let j = 0; j < ld; j++) {
      dd[s * ld + j]! += g * t.dd[j]!;
      sdd[s * ld + j]! += Math.abs(g) * t.sdd[j]!;
    }
  }
  expectEqual([results.dc.length, results.dd.length], [dc.length, dd.length], `${where} elements of dc and dd`);
  dc.forEach((sum, i) => worst.see(results.dc[i]!, sum, sdc[i]!, `dc[${i}], ${nameOf(of)}${where}`));
  dd.forEach((sum, j) => worst.see(results.dd[j]!, sum, sdd[j]!, `dd[${j}], ${nameOf(of)}${where}`));
}

/** Evaluates with one set of coefficients, and judges. */
export async function check(
  device: Device,
  kind: string,
  of: Activation,
  op: ActivationOp,
  operands: At,
): Promise<Evaluation> {
  const { x, c, d, dy } = operands;
  const results = await evaluate(op, vector(x), vector(c), vector(d), vector(dy));
  const worst = new Worst(device.slack);
  judge(worst, of, operands, results);
  conclude(device, kind, worst);
  return results;
}
