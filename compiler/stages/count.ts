import type { Output } from './share.js';
import { topological, varyingIds } from '../expr/node.js';

/** Operations an element, by kind; subtractions are additions, max and sgn comparisons, and negations free. */
export interface OperationCounts {
  readonly add: number;
  readonly mul: number;
  readonly div: number;
  readonly abs: number;
  readonly compare: number;
}

const KINDS = { add: 'add', sub: 'add', mul: 'mul', div: 'div', abs: 'abs', max: 'compare', sgn: 'compare' } as const;

/** Counts what a kernel does for each element; `sums` outputs add one addition each. */
export function countOperations(outputs: readonly Output[], sums: number): OperationCounts {
  const counts = { add: sums, mul: 0, div: 0, abs: 0, compare: 0 };
  const order = topological(outputs.map((output) => output.expr));
  const varying = varyingIds(order);
  for (const { kind, id } of order) {
    if (varying.has(id) && kind in KINDS) counts[KINDS[kind as keyof typeof KINDS]]++;
  }
  return counts;
}

export const countsText = (counts: OperationCounts): string =>
  Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${kind} ${count}`)
    .join(', ');
