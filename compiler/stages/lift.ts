import type { Form } from './form.js';
import type { Repairs } from './share.js';
import { rational, type Fraction } from '../exact/rational.js';
import type { Graph } from '../expr/graph.js';
import type { Names } from '../expr/names.js';
import type { Expr } from '../expr/node.js';
import { rewrite } from '../expr/rewrite.js';

/** What F is multiplied by: for degrees 5/4 enough up to |x| = 256, where nothing becomes too large yet (radius.ts). */
const LIFT = rational(2 ** 16);

export interface Lifted {
  readonly values: readonly Expr[];
  /** What is to be made of the sums for d. */
  readonly repairs: Repairs;
}

/**
 * Makes dy F / Q large enough for all dd_j to share it in float32. In sum-abs, dd_j is the sum of (dy F / Q) |f_j| while dc_j is that
 * of (dy / Q) f_j: the absolute value leaves only dy F / Q to share, which may be below float32's numbers where its product with
 * f_j is not. 2^16 F takes longer to get there, and costs nothing an element: 2^16 P has other coefficients, F Q' in dx
 * has Q' / 2^16, and the sums are divided at their end. Powers of two do not round, except that where |Q'| is below 2^-110
 * dx loses some 2^-134 |dy F / Q|.
 * `values` are dx, dc_i and dd_j, weighted by dy; `dq` is Q'.
 */
export function lift(graph: Graph, names: Names, f: Form, dq: Expr, values: readonly Expr[]): Lifted {
  const scaled = (name: string, by: Fraction, expr: Expr): Expr =>
    names.hint(graph.mul(graph.constant(by), expr), name);
  const magnitudes = new Map(f.d.map((dj) => [graph.abs(dj), `low_${dj.name}`]));
  const [lowered] = rewrite(graph, names, [dq], (expr) => {
    const name = magnitudes.get(expr);
    return name === undefined ? undefined : scaled(name, LIFT.inverse(), expr);
  });
  const p = names.label(graph.series(f.c.map((ci) => scaled(`high_${ci.name}`, LIFT, ci))), 'p');
  const lifted = rewrite(graph, names, values, (expr, at) => {
    if (expr === f.y) return graph.div(p, at(f.q));
    return expr === dq ? lowered : undefined;
  });
  return { values: lifted, repairs: new Map(f.d.map(({ name }) => [`d${name}`, { own: LIFT.inverse() }])) };
}
