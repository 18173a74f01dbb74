import { first, last, meanOf, orNaN } from './view.js';
import type { InputHistogram, RecordedLayer, Recording } from '../recording.js';

export const SUMMARY_HEAD = [
  'layer',
  'F',
  'coefficients',
  'moved by',
  'at most',
  'inputs before',
  'after',
  'outside fit',
];

/**
 * One row a layer: what it is, how far its function moved where its inputs lie (root mean square over the inputs after
 * training, and the most), mean and standard deviation of its inputs, and how many of them lie outside the interval that
 * the initial coefficients were fitted on.
 */
export function summaryRow(recording: Recording, layer: RecordedLayer): string[] {
  const { basis, m, n, denominator, sets, frames } = layer;
  const [before, after] = [first(frames), last(frames)];
  const { rms, most } = movement(recording, layer);
  return [
    layer.path,
    `${basis} ${m}/${n}${denominator === 'sum-abs' || n === 0 ? '' : ` ${denominator}`}`,
    sets === 1 ? String(m + 1 + n) : `${sets} x ${m + 1 + n}`,
    short(rms),
    short(most),
    `${short(before.inputs.mean)} ± ${short(before.inputs.deviation)}`,
    `${short(after.inputs.mean)} ± ${short(after.inputs.deviation)}`,
    `${(100 * outside(recording.grid, layer.interval, after.inputs)).toFixed(1)} %`,
  ];
}

/** Between the first and the last frame, where inputs lie within the grid. */
export function movement({ grid }: Recording, { frames }: RecordedLayer): { rms: number; most: number } {
  const [before, after] = [first(frames), last(frames)];
  const { cells } = after.inputs;
  const squares = grid.map(
    (_, i) => meanOf(after.values.map((values, set) => [(orNaN(values[i]) - orNaN(before.values[set]![i])) ** 2]))[0]!,
  );
  const weight = cells.reduce((sum, part) => sum + part, 0);
  const mean = weight === 0 ? 0 : squares.reduce((sum, square, i) => sum + square * cells[i]!, 0) / weight;
  return { rms: Math.sqrt(mean), most: Math.sqrt(Math.max(0, ...squares.filter((_, i) => cells[i]! > 0))) };
}

const outside = (grid: readonly number[], [low, high]: readonly [number, number], inputs: InputHistogram): number =>
  inputs.below +
  inputs.above +
  inputs.notFinite +
  grid.reduce((sum, x, i) => sum + (x < low || x > high ? inputs.cells[i]! : 0), 0);

/** Three digits; a number that is none says so. */
const short = (value: number): string => {
  if (!Number.isFinite(value)) return 'not finite';
  const text = Math.abs(value) >= 1000 ? value.toExponential(1) : String(Number(value.toPrecision(3)));
  return text.replace('-', '\u2212');
};
