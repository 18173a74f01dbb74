import fc from 'fast-check';
import { evaluate as compute } from 'mathjs';
import { expect, it } from 'vitest';
import { familyNamed } from '../../compiler/bases/index.js';
import { rational } from '../../compiler/exact/rational.js';
import { doubleArithmetic, evaluate } from '../../compiler/expr/evaluate.js';
import { Graph } from '../../compiler/expr/graph.js';
import type { Expr } from '../../compiler/expr/node.js';
import { written } from '../../compiler/targets/notation.js';
import { plainText } from '../../compiler/targets/plain-text.js';

const graph = new Graph();
const VALUES = { x: -1.7, c0: 0.6, d1: -2.3 };
const leaves: readonly Expr[] = [
  graph.varying('x'),
  graph.parameter('c0'),
  graph.parameter('d1'),
  graph.constant(2),
  graph.constant(-3),
  graph.constant(rational(-2, 3)),
];

/** Any expression whose divisors stay away from 0. */
const { expression } = fc.letrec<{ expression: Expr }>((tie) => {
  const [one, two] = [tie('expression'), tie('expression')];
  const binary = (make: (a: Expr, b: Expr) => Expr) => fc.tuple(one, two).map(([a, b]) => make(a, b));
  return {
    expression: fc.oneof(
      { maxDepth: 6, withCrossShrink: true },
      fc.constantFrom(...leaves),
      binary((a, b) => graph.add(a, b)),
      binary((a, b) => graph.sub(a, b)),
      binary((a, b) => graph.mul(a, b)),
      binary((a, b) => graph.div(a, graph.add(graph.constant(1), graph.abs(b)))),
      binary((a, b) => graph.max(a, b)),
      one.map((a) => graph.neg(a)),
      one.map((a) => graph.mul(graph.sgn(a), a)),
    ),
  };
});

it('plain text says what the expression means, parentheses and all', () => {
  const notation = { ...plainText(familyNamed('hermite')), abs: (value: string) => `abs(${value})` };
  const inputs = new Map(Object.entries(VALUES));
  const sgn = doubleArithmetic.sgn;
  fc.assert(
    fc.property(expression, (expr) => {
      const text = written(notation, expr, { nameOf: () => undefined });
      const expected = evaluate([expr], inputs, doubleArithmetic)[0]!;
      expect(compute(text, { ...VALUES, sgn }), text).toBeCloseTo(expected, 6 - Math.log10(1 + Math.abs(expected)));
    }),
    { numRuns: 2000, seed: 1 },
  );
});
