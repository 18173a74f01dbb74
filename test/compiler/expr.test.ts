import { describe, expect, it } from 'vitest';
import { rational } from '../../compiler/exact/rational.js';
import { derive } from '../../compiler/expr/derive.js';
import { doubleArithmetic, evaluate, exactArithmetic } from '../../compiler/expr/evaluate.js';
import { Graph } from '../../compiler/expr/graph.js';
import { Names } from '../../compiler/expr/names.js';
import type { Expr } from '../../compiler/expr/node.js';
import { stabilise } from '../../compiler/stages/stabilise.js';

const calculus = { deriveSeries: () => [] };
const at = (expr: Expr, x: number): number => evaluate([expr], new Map([['x', x]]), doubleArithmetic)[0]!;

describe('Graph', () => {
  const graph = new Graph();
  const x = graph.varying('x');
  const c = graph.parameter('c0');

  it('makes one node for one meaning', () => {
    expect(graph.mul(x, c)).toBe(graph.mul(c, x));
    expect(graph.add(x, c)).toBe(graph.add(c, x));
    expect(graph.sub(x, c)).not.toBe(graph.sub(c, x));
    expect(graph.constant(rational(2, 4))).toBe(graph.constant(rational(1, 2)));
  });

  it('folds constants, neutral elements and signs', () => {
    expect(graph.mul(graph.constant(1), x)).toBe(x);
    expect(graph.add(x, graph.constant(0))).toBe(x);
    expect(graph.sub(x, graph.neg(c))).toBe(graph.add(x, c));
    expect(graph.mul(graph.neg(x), graph.neg(c))).toBe(graph.mul(x, c));
    expect(graph.add(x, graph.constant(-2))).toBe(graph.sub(x, graph.constant(2)));
    expect(graph.div(x, graph.constant(2))).toBe(graph.mul(graph.constant(rational(1, 2)), x));
    expect(() => graph.div(x, graph.constant(0))).toThrow(/divides by the constant zero/);
  });

  it('holds nodes that cannot be changed', () => {
    expect(Object.isFrozen(graph.mul(x, c))).toBe(true);
  });
});

describe('the derivative table', () => {
  const graph = new Graph();
  const x = graph.varying('x');
  const c = graph.parameter('c0');

  // One expression a row, with its derivative by x as a function; kinks by hand.
  const rows: readonly (readonly [string, Expr, (x: number) => number, readonly number[]])[] = [
    ['neg', graph.neg(x), () => -1, [2]],
    ['add', graph.add(x, graph.mul(x, x)), (v) => 1 + 2 * v, [3, -1]],
    ['sub', graph.sub(graph.mul(x, x), x), (v) => 2 * v - 1, [3, -1]],
    ['mul', graph.mul(x, graph.mul(x, x)), (v) => 3 * v * v, [2, -2]],
    ['div', graph.div(x, graph.add(x, graph.constant(3))), (v) => 3 / (v + 3) ** 2, [1, 5]],
    ['abs, +1 at the kink', graph.abs(x), (v) => (v < 0 ? -1 : 1), [2, -2, 0, -0]],
    ['abs of a product', graph.abs(graph.mul(x, x)), (v) => 2 * v, [2, -2]],
    ['sgn', graph.mul(graph.sgn(x), x), (v) => (v < 0 ? -1 : 1), [2, -2, 0]],
    ['max, its first where equal', graph.max(graph.mul(graph.constant(2), x), x), (v) => (v < 0 ? 1 : 2), [2, -2, 0]],
  ];

  it.each(rows)('%s', (_, expr, truth, points) => {
    const derivative = derive(graph, calculus, expr, x);
    for (const point of points) expect(at(derivative, point)).toBe(truth(point));
  });

  it('is zero by what an expression does not contain', () => {
    expect(derive(graph, calculus, graph.mul(x, x), c)).toBe(graph.constant(0));
  });
});

describe('stabilise', () => {
  it('changes no value: exactly equal inside and outside |x| = 4', () => {
    const graph = new Graph();
    const x = graph.varying('x');
    const p = graph.sub(graph.mul(x, graph.mul(x, x)), graph.mul(graph.constant(3), x));
    const q = graph.add(graph.constant(1), graph.abs(graph.sub(graph.mul(x, x), graph.constant(2))));
    const f = graph.div(p, q);
    const [scaled] = stabilise(graph, new Names(), [f]);
    for (const point of [rational(1, 3), rational(-5, 2), rational(-21, 2), rational(4), rational(0)]) {
      const inputs = new Map([['x', point]]);
      const [plain, raised] = evaluate([f, scaled!.expr], inputs, exactArithmetic);
      const s = point.abs().compare(4) > 0 ? point.abs().div(4) : rational(1);
      expect(raised!.mul(s.pow(scaled!.degree)!).toFraction()).toBe(plain!.toFraction());
    }
  });

  it('keeps every intermediate value of the order of one where plain powers overflow', () => {
    const graph = new Graph();
    const x = graph.varying('x');
    const power = graph.power(x, 9);
    const ratio = graph.div(power, graph.add(graph.constant(1), graph.abs(power)));
    const [scaled] = stabilise(graph, new Names(), [ratio]);
    expect(at(ratio, 1e40)).toBeNaN();
    expect(scaled!.degree).toBe(0);
    expect(at(scaled!.expr, 1e40)).toBe(1);
    expect(at(scaled!.expr, -1e40)).toBe(-1);
  });
});
