import type { Form } from './form.js';
import { derive, type BasisCalculus } from '../expr/derive.js';
import type { Graph } from '../expr/graph.js';
import { namePartialSums, type Names } from '../expr/names.js';
import type { Expr } from '../expr/node.js';

/** dF/dx, dF/dc_i and dF/dd_j. */
export interface Gradients {
  /** dQ/dx, as it stands in dF/dx. */
  readonly dq: Expr;
  readonly x: Expr;
  readonly c: readonly Expr[];
  readonly d: readonly Expr[];
}

/** Stage 3: differentiates F by every input, by the table in expr/derive.ts. */
export function differentiate(graph: Graph, names: Names, calculus: BasisCalculus, f: Form): Gradients {
  names.label(derive(graph, calculus, f.p, f.x), 'dp');
  names.label(derive(graph, calculus, f.a, f.x), 'da');
  const dq = names.label(derive(graph, calculus, f.q, f.x), 'dq');
  namePartialSums(names, dq, 'dq');
  return {
    dq,
    x: derive(graph, calculus, f.y, f.x),
    c: f.c.map((ci) => derive(graph, calculus, f.y, ci)),
    d: f.d.map((dj) => derive(graph, calculus, f.y, dj)),
  };
}
