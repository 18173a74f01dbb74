import type { InputHistogram } from './recording.js';

/** Counts values in cells around the points of an equally spaced grid. */
export function histogram(grid: readonly number[], parts: readonly ArrayLike<number>[]): InputHistogram {
  const [first, step] = [grid[0]!, grid[1]! - grid[0]!];
  const cells = new Array<number>(grid.length).fill(0);
  let [below, above, notFinite, total, sum] = [0, 0, 0, 0, 0];
  each(parts, (value) => {
    total++;
    if (!Number.isFinite(value)) return void notFinite++;
    sum += value;
    const cell = Math.round((value - first) / step);
    if (cell < 0) below++;
    else if (cell >= cells.length) above++;
    else cells[cell]!++;
  });
  const finite = Math.max(1, total - notFinite);
  const mean = sum / finite;
  let squares = 0;
  each(parts, (value) => {
    if (Number.isFinite(value)) squares += (value - mean) ** 2;
  });
  const part = (count: number): number => digits(count / Math.max(1, total), 6);
  return {
    cells: cells.map(part),
    below: part(below),
    above: part(above),
    notFinite: part(notFinite),
    mean: digits(mean, 6),
    deviation: digits(Math.sqrt(squares / finite), 6),
  };
}

function each(parts: readonly ArrayLike<number>[], visit: (value: number) => void): void {
  for (const values of parts) for (let i = 0; i < values.length; i++) visit(values[i]!);
}

/** A shorter number for JSON. With 9 digits a float32 stays what it is. */
export const digits = (value: number, count: number): number => Number(value.toPrecision(count));
