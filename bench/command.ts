/**
 * How long the command takes, each time in a process of its own: help, one layer, a config of 100 activations, and
 * `--check` of it, the first time and again. `npm run bench:command`.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { median } from './measure.js';
import { families } from '../compiler/bases/index.js';
import { DENOMINATORS } from '../compiler/spec.js';

const COUNT = 100;
const DEGREES = [
  [5, 4],
  [4, 4],
  [3, 3],
  [3, 2],
  [2, 1],
] as const;

const command = fileURLToPath(new URL('../compiler/cli/bin.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'opau-command-'));
const activations = DEGREES.flatMap(([m, n]) =>
  DENOMINATORS.flatMap((denominator) => families.map(({ name: basis }) => ({ basis, m, n, denominator }))),
).slice(0, COUNT);
writeFileSync(join(folder, 'opau.config.json'), JSON.stringify({ activations }));

/** Seconds of wall time. Throws where the command fails. */
function seconds(...args: readonly string[]): number {
  const env = { ...process.env, XDG_CACHE_HOME: join(folder, 'cache') };
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [command, ...args], { cwd: folder, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`opau-gen ${args.join(' ')} ended with ${status}: ${stderr}`);
  return (performance.now() - start) / 1000;
}

const times = (runs: number, ...args: readonly string[]): number =>
  median(Array.from({ length: runs }, () => seconds(...args)));

const rows: readonly (readonly [string, number])[] = [
  ['`opau-gen --help`, median of 9', times(9, '--help')],
  ['one layer, Hermite 5/4, median of 5', times(5, '--basis', 'hermite', '--m', '5', '--n', '4', '--out', 'one')],
  [`a config of ${activations.length} activations`, seconds()],
  ['`opau-gen --check` of it, after that', seconds('--check')],
  ['the same, again', seconds('--check')],
];
rmSync(folder, { recursive: true });
console.log(`load average ${loadavg()[0]!.toFixed(1)}\n\n| | s |\n|---|---|`);
for (const [what, time] of rows) console.log(`| ${what} | ${time.toFixed(2)} |`);
