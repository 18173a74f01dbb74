/**
 * Everything side by side: copies, native C, tfjs's own activations, the formula composed of tf ops, @jax-js/jax, and
 * ours, each in a process of its own, run in turn. `npm run bench [backend] [rounds] [largest size]`.
 */
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { median } from './measure.js';
import { buildNative } from './native/build.js';
import { Player } from './native/player.js';
import { c, d } from './players/inputs.js';

const [backend = 'wasm', rounds = '5', largest = '1e7'] = process.argv.slice(2);
const SIZES = [1e4, 1e6, 1e7, 1e8].filter((size) => size <= Number(largest));
const RUNS = 9;
/** Engines compile what has run often: a row's runs before any is measured, fewer where they take long. */
const WARM_UP = { least: 4, most: 40, ms: 400 } as const;

const player = (name: string): string => fileURLToPath(new URL(`players/${name}.js`, import.meta.url));
const native = backend === 'wasm' ? buildNative() : undefined;
const numbers = [Math.max(...SIZES), ...c, ...d].map(String);
const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  tfjs: [process.execPath, player('tfjs'), backend],
  ...(native === undefined ? {} : { native: [native.path, ...numbers] }),
  ...(backend === 'wasm' ? { jax: [process.execPath, player('jax')] } : {}),
};

/** What is run: a row of the table, who runs it by which command, and what its time is divided by. */
interface Row {
  readonly label: string;
  readonly who: string;
  readonly what: string;
  readonly by: string;
}

const row = (label: string, who: string, what: string, by: string): Row => ({ label, who, what, by });
const FORWARD = 'ours, forward';
const BACKWARD = 'ours, backward kernel';
const BOTH = 'ours, value and all gradients';
const LENET = 'LeNet step, ReLU';
const ROWS: readonly Row[] = [
  row('copy', 'tfjs', 'copy', FORWARD),
  row('native C, forward', 'native', 'forward', FORWARD),
  row('tfjs relu', 'tfjs', 'relu', FORWARD),
  row('tfjs prelu', 'tfjs', 'prelu', FORWARD),
  row(FORWARD, 'tfjs', 'forward', FORWARD),
  row('jax-js, forward', 'jax', 'forward', FORWARD),
  row('composed of tf ops, forward', 'tfjs', 'composed', FORWARD),
  ...(backend === 'webgpu' ? [row('copy of as many bytes as backward', 'tfjs', 'copy-backward', BACKWARD)] : []),
  row('native C, backward', 'native', 'backward', BACKWARD),
  row(BACKWARD, 'tfjs', 'backward', BACKWARD),
  row('tfjs relu, value and gradient', 'tfjs', 'relu-both', BOTH),
  row('tfjs prelu, value and gradients', 'tfjs', 'prelu-both', BOTH),
  row(BOTH, 'tfjs', 'both', BOTH),
  row('jax-js, value and all gradients', 'jax', 'both', BOTH),
  row('composed of tf ops, value and all gradients', 'tfjs', 'composed-both', BOTH),
].filter(({ who }) => who in COMMANDS);
const STEPS: readonly Row[] = [
  row(LENET, 'tfjs', 'lenet-relu', LENET),
  row('LeNet step, ours', 'tfjs', 'lenet', LENET),
];

/** Median milliseconds of each row, and the median of its ratio to the row it is held against, by round. */
const table = new Map<string, { times: number[]; ratios: number[] }>();

async function measure(rows: readonly Row[], size: number, players: Readonly<Record<string, Player>>): Promise<void> {
  const runs = new Map(rows.map(({ label }) => [label, [] as number[]]));
  for (const { who } of rows) await players[who]!.prepare(size);
  // What could not run once is not tried again.
  const failed = new Set<Row>();
  const runOnce = async (row: Row): Promise<number> => {
    const time = failed.has(row) ? NaN : await players[row.who]!.run(row.what, size);
    if (Number.isNaN(time)) failed.add(row);
    return time;
  };
  for (const row of rows) {
    for (let run = 0, ms = 0; run < WARM_UP.least || (run < WARM_UP.most && ms < WARM_UP.ms); run++)
      ms += await runOnce(row);
  }
  for (let run = 0; run < RUNS; run++) {
    for (const row of rows) runs.get(row.label)!.push(await runOnce(row));
  }
  for (const { label, by } of rows) {
    const entry = table.get(`${label} ${size}`) ?? { times: [], ratios: [] };
    table.set(`${label} ${size}`, entry);
    entry.times.push(median(runs.get(label)!));
    entry.ratios.push(median(runs.get(label)!.map((time, i) => time / runs.get(by)![i]!)));
  }
}

for (let round = 0; round < Number(rounds); round++) {
  const players = Object.fromEntries(Object.entries(COMMANDS).map(([name, command]) => [name, new Player(command)]));
  for (const size of SIZES) await measure(ROWS, size, players);
  await measure(STEPS, 0, players);
  for (const each of Object.values(players)) each.end();
}
native?.remove();

const cell = (label: string, size: number): string => {
  const { times, ratios } = table.get(`${label} ${size}`)!;
  const time = median(times);
  return Number.isNaN(time) ? '—' : `${time.toPrecision(3)} (${median(ratios).toPrecision(3)})`;
};
console.log(
  `hermite 5/4 sum-abs on ${backend}; ms, and in parentheses the ratio to "ours" of the same kind; medians over`,
);
console.log(`${rounds} processes; Node ${process.version}; ${cpus()[0]!.model}\n`);
console.log(`| | ${SIZES.map((size) => size.toExponential(0).replace('+', '')).join(' | ')} |`);
console.log(`|---|${SIZES.map(() => '---|').join('')}`);
for (const { label } of ROWS) console.log(`| ${label} | ${SIZES.map((size) => cell(label, size)).join(' | ')} |`);
console.log('\n| LeNet training step, batch 32 | ms (ratio to ReLU) |\n|---|---|');
for (const { label } of STEPS) console.log(`| ${label} | ${cell(label, 0)} |`);
