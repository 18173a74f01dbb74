import type { Expansion } from './expand.js';
import { isZero } from '../exact/rational.js';
import type { Graph } from '../expr/graph.js';
import { namePartialSums, type Names } from '../expr/names.js';
import type { Expr, Series, Variable } from '../expr/node.js';
import { rewrite } from '../expr/rewrite.js';

/**
 * Stage 4: replaces f_k, f'_k and their combinations by their recurrences in x. From here on the graph is plain
 * arithmetic. f_k is labelled `f<k>` and f'_k `df<k>`.
 */
export function lower(
  graph: Graph,
  names: Names,
  expansion: Expansion,
  x: Variable,
  roots: readonly Expr[],
): readonly Expr[] {
  const recurrences = new Recurrences(graph, names, expansion, x);
  return rewrite(graph, names, roots, (expr, at) => {
    if (expr.kind === 'basis') return expr.order === 0 ? recurrences.value(expr.index) : recurrences.slope(expr.index);
    if (expr.kind === 'series') return sum(graph, names, expr, recurrences, at);
    return undefined;
  });
}

/** f_k and f'_k as nodes, each made once from the two below it. */
class Recurrences {
  private readonly values: Expr[];
  private readonly slopes: Expr[];

  constructor(
    private readonly graph: Graph,
    private readonly names: Names,
    private readonly expansion: Expansion,
    private readonly x: Variable,
  ) {
    this.values = [graph.constant(1)];
    this.slopes = [graph.constant(0)];
  }

  /** f_0 .. f_index. */
  value(index: number): Expr {
    const { names, values } = this;
    for (let k = values.length - 1; k < index; k++) values.push(names.label(this.next(k), `f${k + 1}`));
    return values[index]!;
  }

  /**
   * f_{k+1} = (a x + b) f_k - c f_{k-1}; for Laguerre's, where b = 1 + c, a x f_k + (f_k + c (f_k - f_{k-1})). That is 1 at
   * x = 0 where those before it are, while 5/3 - 2/3 in rounded thirds is not. About a centre, b / a = b_0 / a_0, the
   * first form stays: there a x + b is exactly 0, and every odd f_k with it.
   */
  private next(k: number): Expr {
    const { graph, x, values } = this;
    const { family } = this.expansion;
    const { a, b, c } = family.recurrence(k);
    const [slope, f, before] = [graph.mul(graph.constant(a), x), values[k]!, values[k - 1]];
    if (before === undefined) return graph.mul(graph.add(slope, graph.constant(b)), f);
    const first = family.recurrence(0);
    const isCentred = b.mul(first.a).equals(a.mul(first.b));
    if (isCentred || isZero(c) || !b.equals(c.add(1))) {
      return graph.sub(graph.mul(graph.add(slope, graph.constant(b)), f), graph.mul(graph.constant(c), before));
    }
    const steady = graph.add(f, graph.mul(graph.constant(c), graph.sub(f, before)));
    return graph.add(graph.mul(slope, f), steady);
  }

  /** f'_k by its sparse step where the family has one, else from the dense row of the derivative matrix. */
  slope(index: number): Expr {
    const { graph, slopes } = this;
    for (let k = slopes.length; k <= index; k++) {
      const step = this.expansion.derivativeSteps[k];
      const scaled = (factor: Parameters<Graph['constant']>[0], value: Expr): Expr =>
        graph.mul(graph.constant(factor), value);
      const next =
        step === undefined
          ? this.expansion.derivatives[k]!.reduce<Expr>(
              (total, entry, l) => graph.add(total, scaled(entry, this.value(l))),
              graph.constant(0),
            )
          : graph.add(
              graph.add(scaled(step.alpha, this.value(k - 1)), scaled(step.beta, slopes[k - 1]!)),
              scaled(step.gamma, slopes[k - 2] ?? graph.constant(0)),
            );
      slopes.push(this.names.label(next, `df${k}`));
    }
    return slopes[index]!;
  }
}

/** sum_k coefficients[k] f_k, lowest degree first: the order in which stabilising makes it Horner's rule. */
function sum(graph: Graph, names: Names, series: Series, basis: Recurrences, at: (operand: Expr) => Expr): Expr {
  const total = series.coefficients.reduce<Expr>(
    (partial, c, k) => (c === undefined ? partial : graph.add(partial, graph.mul(at(c), basis.value(k)))),
    graph.constant(0),
  );
  if (names.isLabelled(series)) namePartialSums(names, total, names.of(series));
  return total;
}
