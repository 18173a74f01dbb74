import { percent, points, ratio, seconds } from './format.js';
import type { SummaryRow } from './summary.js';

/** The table's text, for the terminal and the report alike: a head and one row an activation. */
export function tableCells(rows: readonly SummaryRow[]): { head: string[]; body: string[][] } {
  const base = rows[0]!.label;
  return {
    head: ['activation', 'test accuracy', `against ${base}`, 's per epoch', `against ${base}`],
    body: rows.map((row) => [
      row.label,
      row.lowest === row.highest ? percent(row.accuracy) : `${percent(row.accuracy)} (${range(row)})`,
      row.against === undefined ? '' : `${points(row.against.accuracy)} points`,
      seconds(row.secondsPerEpoch),
      row.against === undefined ? '' : ratio(row.against.time),
    ]),
  };
}

const range = (row: SummaryRow): string => `${(100 * row.lowest).toFixed(1)} to ${(100 * row.highest).toFixed(1)}`;

/** Columns of equal width: the first to the left, the numbers to the right. */
export function formatTable(rows: readonly SummaryRow[]): string {
  const { head, body } = tableCells(rows);
  const widths = head.map((title, i) => Math.max(title.length, ...body.map((cells) => cells[i]!.length)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)))
      .join('  ')
      .trimEnd();
  return [line(head), widths.map((width) => '-'.repeat(width)).join('  '), ...body.map(line), ''].join('\n');
}
