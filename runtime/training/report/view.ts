import { extent } from '../../drawing/axes.js';
import type { Point } from '../../drawing/svg.js';
import type { InputHistogram, RecordedLayer, Recording } from '../recording.js';

/** All charts of a layer have this size: on a phone it is about what a figure has, so that text keeps its size. */
export const SIZE = { width: 340, height: 240 } as const;

/** Part of the inputs that may lie beyond each end of a chart. */
const HIDDEN = 0.005;

/** The part of the grid that charts of a layer show: where all but 1 % of the inputs lie, at least [-3, 3]. */
export function visible(grid: readonly number[], histograms: readonly InputHistogram[]): readonly number[] {
  const ends = histograms.map((inputs) => inputEnds(grid, inputs));
  const low = Math.min(-3, ...ends.map(([end]) => Math.floor(end)));
  const high = Math.max(3, ...ends.map(([, end]) => Math.ceil(end)));
  return grid.flatMap((x, i) => (x >= low && x <= high ? [i] : []));
}

function inputEnds(grid: readonly number[], { cells, below, above }: InputHistogram): [number, number] {
  let [low, high] = [0, cells.length - 1];
  for (let sum = below + cells[low]!; sum < HIDDEN && low < high; sum += cells[low]!) low++;
  for (let sum = above + cells[high]!; sum < HIDDEN && high > low; sum += cells[high]!) high--;
  return [grid[low]!, grid[high]!];
}

export const trace = (grid: readonly number[], shown: readonly number[], values: readonly number[]): Point[] =>
  shown.map((i) => ({ x: grid[i]!, y: values[i]! }));

/** From the lowest to the highest of the points, with some room around. */
export function yRange(points: readonly Point[]): [number, number] {
  const [low, high] = extent(points.map(({ y }) => y));
  return [low - 0.06 * (high - low), high + 0.06 * (high - low)];
}

/** A histogram as a hill on the floor of a chart, a third of it high at most. */
export function hill(
  grid: readonly number[],
  { cells }: InputHistogram,
  shown: readonly number[],
  [floor, ceiling]: readonly [number, number],
): { x: number; low: number; high: number }[] {
  const smooth = shown.map((i) => ((cells[i - 1] ?? 0) + 2 * cells[i]! + (cells[i + 1] ?? 0)) / 4);
  const most = Math.max(...smooth) || 1;
  return shown.map((i, k) => ({
    x: grid[i]!,
    low: floor,
    high: floor + (smooth[k]! / most) * (ceiling - floor) * 0.33,
  }));
}

export const first = <T>(list: readonly T[]): T => list[0]!;
export const last = <T>(list: readonly T[]): T => list.at(-1)!;

/** A number of a recording that went through JSON, which knows no NaN. */
export const orNaN = (value: number | null | undefined): number => value ?? NaN;

/** The mean over sets, of what each has a list of. */
export const meanOf = (sets: readonly (readonly number[])[]): number[] =>
  (sets[0] ?? []).map((_, i) => sets.reduce((sum, values) => sum + orNaN(values[i]), 0) / sets.length);

/** Throws an Error that says what a recording needs to be drawn. */
export function checkRecording({ moments, layers }: Recording): void {
  if (moments.length > 0 && layers.every(({ frames }) => frames.length === moments.length)) return;
  throw new Error(
    `the recording has ${moments.length} moments: it needs one at least, and a frame of each layer for each; ` +
      'train with the recorder among the callbacks, or call its record()',
  );
}

export const isShared = ({ sets }: RecordedLayer): boolean => sets === 1;
