/**
 * The emitted WebAssembly kernels of Hermite 5/4 sum-abs against the same function in C (bench/native/kernels.c, `cc -O3
 * -msse4.1 -ffast-math`), each in a process of its own. In one round all processes are new, and take turns run by run; a
 * round's figure is the median of the ratios of neighbouring runs, and the table has the median over the rounds.
 * `npm run bench:native [rounds]`.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseTarget } from '../compiler/fit/targets.js';
import { generate } from '../compiler/generate.js';
import { defineSpec } from '../compiler/spec.js';
import { encodeModule } from '../compiler/targets/wasm/encode.js';
import { activationModule } from '../compiler/targets/wasm/module.js';
import { median } from './measure.js';
import { Player, RELAXED_SIMD } from './native/player.js';

const ROUNDS = Number(process.argv[2] ?? 7);
const SIZES = [1_000_000, 10_000_000];
/** Runs a round; the first few run in the baseline compiler. */
const [WARM_UP, RUNS] = [6, 15];

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'opau-native-'));
const compiler = ['-O3', '-msse4.1', '-ffast-math'];
const sources = ['main.c', 'kernels.c'].map((name) => `${root}bench/native/${name}`);
execFileSync('cc', ['-std=gnu11', ...compiler, '-o', `${folder}/native`, ...sources, '-lm']);

const spec = defineSpec({ basis: 'hermite', m: 5, n: 4, denominator: 'sum-abs', target: parseTarget('leaky_relu') });
const { activation } = generate(spec);
for (const relaxed of [false, true]) {
  const file = `${folder}/${relaxed ? 'relaxed' : 'plain'}.wasm`;
  writeFileSync(file, encodeModule(activationModule(activation, relaxed)).bytes);
}

const numbers = [Math.max(...SIZES), ...activation.fit.c, ...activation.fit.d].map(String);
const worker = fileURLToPath(new URL('native/wasm-worker.js', import.meta.url));
const COMMANDS = {
  'native C': [`${folder}/native`],
  wasm: [process.execPath, worker, `${folder}/plain.wasm`],
  'wasm, relaxed SIMD': [process.execPath, ...RELAXED_SIMD, worker, `${folder}/relaxed.wasm`],
};
type Name = keyof typeof COMMANDS;
const NAMES = Object.keys(COMMANDS) as Name[];

/** Milliseconds of the median run, and its ratio to the native run of the same turn, by round. */
const times = new Map<string, number[]>();
const ratios = new Map<string, number[]>();
const note = (table: Map<string, number[]>, key: string, value: number): void =>
  void table.set(key, [...(table.get(key) ?? []), value]);

for (let round = 0; round < ROUNDS; round++) {
  const players = NAMES.map((name) => new Player([...COMMANDS[name], ...numbers]));
  for (const size of SIZES) {
    for (const what of ['forward', 'backward']) {
      const runs: number[][] = [];
      for (let run = -WARM_UP; run < RUNS; run++) {
        const turn: number[] = [];
        for (const player of players) turn.push(await player.run(what, size));
        if (run >= 0) runs.push(turn);
      }
      const checks = players.map((player) => player.checks.get(`${what} ${size}`)!);
      if (checks.some((check) => Math.abs(check / checks[0]! - 1) > 1e-3)) {
        throw new Error(`${what} ${size}: the results differ: ${checks.join(', ')}`);
      }
      NAMES.forEach((name, i) => {
        const key = `${what} ${size} ${name}`;
        note(times, key, median(runs.map((turn) => turn[i]!)));
        note(ratios, key, median(runs.map((turn) => turn[i]! / turn[0]!)));
      });
    }
  }
  for (const player of players) player.end();
}
rmSync(folder, { recursive: true });

const version = execFileSync('cc', ['--version'], { encoding: 'utf8' }).split('\n')[0];
console.log(`hermite 5/4 sum-abs; medians over ${ROUNDS} processes each; Node ${process.version}; ${version}`);
console.log(`(${compiler.join(' ')}); ${cpus()[0]!.model}\n`);
console.log('| | elements | ms | / native C | least and most |');
console.log('|---|---|---|---|---|');
for (const what of ['forward', 'backward']) {
  for (const size of SIZES) {
    for (const name of NAMES) {
      const [time, ratio] = [times.get(`${what} ${size} ${name}`)!, ratios.get(`${what} ${size} ${name}`)!];
      const range = [Math.min(...ratio), Math.max(...ratio)].map((value) => value.toFixed(2)).join(' to ');
      console.log(
        `| ${what}, ${name} | ${size.toExponential(0).replace('+', '')} | ${median(time).toFixed(2)} | ` +
          `${median(ratio).toFixed(2)} | ${range} |`,
      );
    }
  }
}
