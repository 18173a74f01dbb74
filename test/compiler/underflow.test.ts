import { describe, expect, it } from 'vitest';
import { fromNumber } from '../../compiler/exact/rational.js';
import { Graph } from '../../compiler/expr/graph.js';
import type { Expr } from '../../compiler/expr/node.js';
import { keepsDigitsNearZero } from '../../compiler/stages/underflow.js';

const graph = new Graph();
const [x, dy] = [graph.varying('x'), graph.varying('dy')];
const [c0, d1] = [graph.parameter('c0'), graph.parameter('d1')];
const constant = (power: number): Expr => graph.constant(fromNumber(2 ** power));
const one = graph.constant(1);
const times = (...factors: readonly Expr[]): Expr => factors.reduce((a, b) => graph.mul(a, b));
const r = graph.div(one, graph.add(one, graph.abs(graph.mul(d1, x))));

const output = (expr: Expr, name = 'dc0') => ({ name, sign: 1, factor: undefined, expr }) as const;
const keeps = (expr: Expr, name?: string): boolean => keepsDigitsNearZero([output(expr, name)]);

// dy r x may be rounded below 2^-126, by 2^-150 at the most; 2^-100 may be lost in all.
describe('digits that underflow takes', () => {
  it('come up again with a large factor', () => {
    expect(keeps(times(dy, r, x, constant(49)))).toBe(true);
    expect(keeps(times(dy, r, x, constant(50)))).toBe(false);
    expect(keeps(graph.neg(times(graph.abs(times(dy, r, x)), constant(50))))).toBe(false);
  });

  it('add up', () => {
    const term = times(dy, r, x, constant(49));
    expect(keeps(graph.sub(term, times(dy, x, constant(48))))).toBe(true);
    expect(keeps(graph.sub(term, times(dy, x, constant(49))))).toBe(false);
    expect(keeps(graph.max(term, x))).toBe(true);
    expect(keeps(graph.max(x, times(graph.abs(term), constant(1))))).toBe(false);
  });

  it('are none where factors are not small', () => {
    // 2^-66 / (1 + 2^12 2^-10) is far above 2^-126, and times 2^-50 still; times 2^-60 not.
    expect(keeps(times(dy, r, constant(100)))).toBe(true);
    expect(keeps(times(graph.abs(times(dy, r, constant(-50))), constant(100)))).toBe(true);
    expect(keeps(times(graph.abs(times(dy, r, constant(-60))), constant(100)))).toBe(false);
  });

  it('are none beside what stays away from 0', () => {
    // x^2 underflows, x^2 - 1 has lost nothing.
    const f2 = graph.sub(times(x, x), one);
    expect(keeps(times(f2, constant(100)))).toBe(true);
    expect(keeps(times(x, x, constant(51)))).toBe(false);
    // Nor is x^2 - 2^-18 away from 0 where |x| <= 2^-10, but 2^-22 - x^2 may be 0.
    expect(keeps(times(graph.add(times(x, x), constant(-18)), constant(100)))).toBe(true);
    expect(keeps(times(graph.sub(times(x, x), constant(-22)), constant(100)))).toBe(false);
    // sgn(x) + 1 is 0 or 2.
    const step = graph.add(graph.sgn(x), one);
    expect(keeps(times(graph.add(step, times(x, x)), constant(51)))).toBe(false);
    expect(keeps(times(graph.add(graph.add(step, one), times(x, x)), constant(100)))).toBe(true);
    expect(keeps(times(graph.div(f2, graph.add(one, graph.abs(c0))), constant(80)))).toBe(true);
  });

  it('do not count in dx', () => {
    expect(keeps(times(dy, r, x, constant(90)), 'dx')).toBe(true);
  });

  it('are counted with what a sum is repaired by', () => {
    const small = { ...output(times(dy, r, x, constant(49)), 'dc0') };
    const repair = (own: number, by: number) => ({
      own: fromNumber(own),
      other: { name: 'dc0', times: fromNumber(by) },
    });
    const sum = (own: number, by: number) => ({ ...output(times(dy, r, x), 'dc2'), repair: repair(own, by) });
    expect(keepsDigitsNearZero([small, sum(1, 1)])).toBe(true);
    expect(keepsDigitsNearZero([small, sum(1, -3)])).toBe(false);
    expect(keepsDigitsNearZero([small, sum(2 ** 51, 0)])).toBe(false);
  });
});
