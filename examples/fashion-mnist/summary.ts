import type { TrainedNet } from './train.js';

/** One activation over all its seeds, against the first one in the list. */
export interface SummaryRow {
  readonly label: string;
  readonly accuracy: number;
  readonly lowest: number;
  readonly highest: number;
  readonly secondsPerEpoch: number;
  /** Undefined for the first row, which the others are held against. */
  readonly against?: { readonly accuracy: number; readonly time: number };
}

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** The nets of one activation lie together, in the order in which the activations were first seen. */
export function groupByLabel(nets: readonly TrainedNet[]): TrainedNet[][] {
  const groups = new Map<string, TrainedNet[]>();
  for (const net of nets) groups.set(net.label, [...(groups.get(net.label) ?? []), net]);
  return [...groups.values()];
}

export function summarise(nets: readonly TrainedNet[]): SummaryRow[] {
  const rows = groupByLabel(nets).map((group) => {
    const accuracies = group.map((net) => net.test.at(-1)!.accuracy);
    return {
      label: group[0]!.label,
      accuracy: mean(accuracies),
      lowest: Math.min(...accuracies),
      highest: Math.max(...accuracies),
      secondsPerEpoch: mean(group.flatMap((net) => net.epochSeconds)),
    };
  });
  const base = rows[0]!;
  return rows.map((row) =>
    row === base
      ? row
      : {
          ...row,
          against: { accuracy: row.accuracy - base.accuracy, time: row.secondsPerEpoch / base.secondsPerEpoch },
        },
  );
}
