import type { Graph } from './graph.js';
import type { Names } from './names.js';
import { topological, type Expr } from './node.js';

/** Gives the new node for `expr`, whose rewritten operands `at` returns; undefined leaves it to `rebuild`. */
export type Rule = (expr: Expr, at: (operand: Expr) => Expr) => Expr | undefined;

/** Rebuilds the DAG under `roots` bottom-up by a rule, each node once; names go along. */
export function rewrite(graph: Graph, names: Names, roots: readonly Expr[], rule: Rule): readonly Expr[] {
  const results = new Map<number, Expr>();
  const at = (expr: Expr): Expr => results.get(expr.id)!;
  for (const expr of topological(roots)) {
    const result = rule(expr, at) ?? rebuild(graph, expr, at);
    names.carry(expr, result);
    results.set(expr.id, result);
  }
  return roots.map(at);
}

/** The same operation on the rewritten operands. */
export function rebuild(graph: Graph, expr: Expr, at: (operand: Expr) => Expr): Expr {
  switch (expr.kind) {
    case 'constant':
    case 'variable':
    case 'basis':
      return expr;
    case 'series':
      return graph.series(expr.coefficients.map((c) => (c === undefined ? undefined : at(c))));
    case 'neg':
    case 'abs':
    case 'sgn':
      return graph[expr.kind](at(expr.operand));
    case 'add':
    case 'sub':
    case 'mul':
    case 'div':
    case 'max':
      return graph[expr.kind](at(expr.left), at(expr.right));
    default:
      return expr satisfies never;
  }
}
