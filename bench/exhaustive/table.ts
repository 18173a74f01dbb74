import { readFileSync, writeFileSync } from 'node:fs';
import { LIMITS, type Tally } from './tally.js';

/** One row for y and one for dx, as docs/exhaustive.md has them. */
export function rows(name: string, engine: string, y: Tally, dx: Tally): readonly string[] {
  return [row(name, engine, 'y', y), row(name, engine, 'dx', dx)];
}

const HEAD = [
  '| module | kernels | | NaN | infinities too many | finite where beyond float32 | NaN lost | at a kink | worst error, units | at x | beyond 8 units |',
  '|---|---|---|---|---|---|---|---|---|---|---|',
];

function row(name: string, engine: string, output: string, tally: Tally): string {
  const beyond = tally.within.reduce((sum, count, i) => sum + (LIMITS[i]! > 8 ? count : 0), 0);
  const cells = [
    name,
    engine,
    output,
    ...[tally.nan, tally.infinite, tally.missed, tally.lost, tally.kinks].map(grouped),
    tally.worst.toFixed(2),
    String(tally.worstAt),
    grouped(beyond),
  ];
  return `| ${cells.join(' | ')} |`;
}

const grouped = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',');

/** Puts the rows of a module in the place of its older ones, or at the end. */
export function updateTable(path: string, name: string, engine: string, fresh: readonly string[]): void {
  const text = readFileSync(path, 'utf8');
  const [before, after] = text.split(/(?<=<!-- begin results -->\n)[^]*(?=<!-- end results -->)/) as [string, string];
  const old = text
    .slice(before.length, text.length - after.length)
    .split('\n')
    .filter(
      (line) => line.startsWith('| ') && !line.startsWith('| module') && !line.startsWith(`| ${name} | ${engine} |`),
    );
  writeFileSync(path, `${before}${[...HEAD, ...[...old, ...fresh].sort(byModule)].join('\n')}\n${after}`);
}

/** y before dx, as they came. */
const byModule = (one: string, other: string): number => {
  const [a, b] = [one, other].map((line) => line.split(' | ').slice(0, 2).join());
  return a! < b! ? -1 : a! > b! ? 1 : 0;
};
