import type { Expansion } from './expand.js';
import type { BasisCalculus } from '../expr/derive.js';
import type { Graph } from '../expr/graph.js';
import type { Names } from '../expr/names.js';
import type { Expr } from '../expr/node.js';

/**
 * Differentiates combinations of the basis: (sum c_k f_k)' = sum_l e_l f_l with e = D^T c. Where f'_k has its sparse
 * form, e follows from c by the transposed recurrence, top down; else by the dense row. All of it depends on the
 * coefficients only, so kernels compute it once a call.
 */
export function basisCalculus(graph: Graph, names: Names, expansion: Expansion): BasisCalculus {
  return { deriveSeries: (coefficients) => deriveSeries(graph, names, expansion, coefficients) };
}

function deriveSeries(
  graph: Graph,
  names: Names,
  { derivatives, derivativeSteps }: Expansion,
  coefficients: readonly (Expr | undefined)[],
): readonly (Expr | undefined)[] {
  const suffix = coefficients.some((c) => c?.kind === 'variable' && c.name.startsWith('d')) ? 'd' : '';
  const weight = [...coefficients];
  const result: (Expr | undefined)[] = [];
  const plus = (a: Expr | undefined, b: Expr): Expr => (a === undefined ? b : graph.add(a, b));
  for (let k = coefficients.length - 1; k >= 1; k--) {
    const w = weight[k];
    if (w === undefined) continue;
    const step = derivativeSteps[k];
    const times = (factor: Parameters<Graph['constant']>[0]): Expr => graph.mul(graph.constant(factor), w);
    if (step === undefined) {
      derivatives[k]!.forEach((entry, l) => (result[l] = plus(result[l], times(entry))));
      continue;
    }
    result[k - 1] = plus(result[k - 1], times(step.alpha));
    if (k >= 2) weight[k - 1] = names.hint(plus(weight[k - 1], times(step.beta)), `b${suffix}${k - 1}`);
    if (k >= 3) weight[k - 2] = names.hint(plus(weight[k - 2], times(step.gamma)), `b${suffix}${k - 2}`);
  }
  return result.map((e, l) => e && names.hint(e, `e${suffix}${l}`));
}
