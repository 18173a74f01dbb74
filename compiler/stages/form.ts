import type { Graph } from '../expr/graph.js';
import { namePartialSums, type Names } from '../expr/names.js';
import type { Expr, Variable } from '../expr/node.js';
import type { Denominator } from '../spec.js';

/** The activation as expressions over the basis. */
export interface Form {
  readonly x: Variable;
  /** c_0 .. c_m. */
  readonly c: readonly Variable[];
  /** d_1 .. d_n. */
  readonly d: readonly Variable[];
  readonly p: Expr;
  readonly q: Expr;
  /** A = sum_j d_j f_j. */
  readonly a: Expr;
  /** F = P / Q. */
  readonly y: Expr;
}

/** Stage 2: writes F = P / Q over the basis (arXiv 2106.09693 for the orthogonal bases, 1907.06732 for monomials). */
export function form(graph: Graph, names: Names, m: number, n: number, denominator: Denominator): Form {
  const x = graph.varying('x');
  const c = Array.from({ length: m + 1 }, (_, i) => graph.parameter(`c${i}`));
  const d = Array.from({ length: n }, (_, j) => graph.parameter(`d${j + 1}`));
  const p = names.label(graph.series(c), 'p');
  const a = graph.series([undefined, ...d]);
  const q = names.label(denominatorOf(graph, names, d, a, denominator), 'q');
  namePartialSums(names, q, 'q');
  return { x, c, d, p, q, a, y: names.label(graph.div(p, q), 'y') };
}

function denominatorOf(graph: Graph, names: Names, d: readonly Variable[], a: Expr, denominator: Denominator): Expr {
  const one = graph.constant(1);
  switch (denominator) {
    case 'none':
      return graph.series([one, ...d]);
    case 'abs-sum':
      return graph.add(one, graph.abs(names.label(a, 'a')));
    case 'sum-abs':
      // |d_j f_j| as |d_j| |f_j|, so that the derivative by d_j is sgn(d_j) |f_j| and a d_j that is 0 still learns.
      return d.reduce<Expr>(
        (sum, dj, j) => graph.add(sum, graph.mul(graph.abs(dj), graph.abs(graph.basis(j + 1)))),
        one,
      );
    default:
      return denominator satisfies never;
  }
}
