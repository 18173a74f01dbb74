import type { Graph } from './graph.js';
import { topological, type Expr, type Variable } from './node.js';

/** How the basis is differentiated; the expand stage knows it exactly. */
export interface BasisCalculus {
  /** The coefficients of (sum_k coefficients[k] f_k)' in the basis. */
  deriveSeries(coefficients: readonly (Expr | undefined)[]): readonly (Expr | undefined)[];
}

/**
 * The partial derivative of `expr` by `variable`, from one row an operator. The rows for abs, sgn and max hold the
 * project's policy at kinks, sgn(v) = -1 where v < 0, else +1: abs' = sgn everywhere, sgn' = 0, and of two equal
 * arguments max follows its first.
 */
export function derive(graph: Graph, calculus: BasisCalculus, expr: Expr, variable: Variable): Expr {
  const derivatives = new Map<number, Expr>();
  const d = (operand: Expr): Expr => derivatives.get(operand.id)!;
  for (const node of topological([expr])) derivatives.set(node.id, row(graph, calculus, node, variable, d));
  return d(expr);
}

function row(graph: Graph, calculus: BasisCalculus, node: Expr, by: Variable, d: (operand: Expr) => Expr): Expr {
  const byX = by.name === 'x';
  switch (node.kind) {
    case 'constant':
      return graph.constant(0);
    case 'variable':
      return graph.constant(node === by ? 1 : 0);
    case 'basis':
      if (node.order !== 0) throw new RangeError('second derivatives of the basis are not in the table');
      return byX ? graph.basis(node.index, 1) : graph.constant(0);
    case 'series':
      return byX
        ? graph.series(calculus.deriveSeries(node.coefficients))
        : sumOfBasis(
            graph,
            node.coefficients.map((c) => c && d(c)),
          );
    case 'neg':
      return graph.neg(d(node.operand));
    case 'abs':
      return graph.mul(graph.sgn(node.operand), d(node.operand));
    case 'sgn':
      return graph.constant(0);
    case 'add':
      return graph.add(d(node.left), d(node.right));
    case 'sub':
      return graph.sub(d(node.left), d(node.right));
    case 'mul':
      return graph.add(graph.mul(d(node.left), node.right), graph.mul(node.left, d(node.right)));
    case 'div':
      // (a / b)' = (a' - (a / b) b') / b: the quotient itself is shared with the value.
      return graph.div(graph.sub(d(node.left), graph.mul(node, d(node.right))), node.right);
    case 'max': {
      const half = graph.constant(graph.constant(1).value.div(2));
      const side = graph.sgn(graph.sub(node.left, node.right));
      const first = graph.mul(graph.mul(half, graph.add(graph.constant(1), side)), d(node.left));
      const second = graph.mul(graph.mul(half, graph.sub(graph.constant(1), side)), d(node.right));
      return graph.add(first, second);
    }
    default:
      return node satisfies never;
  }
}

/** sum_k weights[k] f_k where the weights are constants: the derivative of a series by one of its coefficients. */
function sumOfBasis(graph: Graph, weights: readonly (Expr | undefined)[]): Expr {
  return weights.reduce<Expr>(
    (sum, weight, k) => (weight === undefined ? sum : graph.add(sum, graph.mul(weight, graph.basis(k)))),
    graph.constant(0),
  );
}
