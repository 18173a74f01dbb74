/**
 * Plants one slip at a time in the compiler's passes and printers, and runs the tests of values: does the suite notice? A
 * mutant that only the snapshots notice is counted by itself, since snapshots prove nothing about values. Works on a copy
 * of the sources, writes docs/mutation.md after each, can be stopped and goes on where it was.
 * `npm run mutation [how many]`, drawn evenly from all with a fixed seed.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mutantsBelow, type Mutant } from './mutants.js';
import { report, type Fate, type Outcome } from './report.js';

const COUNT = Number(process.argv[2] ?? 120);
const root = fileURLToPath(new URL('../../../', import.meta.url));

/** What tells a wrong value from a right one. */
const VALUES = [
  'test/emitted/vectors.test.ts',
  'test/emitted/wasm.test.ts',
  'test/emitted/op.test.ts',
  'test/runtime/composed.test.ts',
  ...['expr', 'formats', 'notation', 'number', 'opcodes', 'radius', 'underflow', 'wasm', 'wat', 'witness'].map(
    (name) => `test/compiler/${name}.test.ts`,
  ),
];
/** Slower: only for what those leave. */
const PROPERTIES = ['test/property', 'test/emitted/relaxed.test.ts'];
/** Shaders run on devices only: those of modules, and those that --target prints. */
const SHADERS = [['test/devices/matrix.test.ts', '-t', 'webgpu'], ['test/cli/shader-functions.test.ts']];
const GOLDENS = ['test/emitted/snapshots.test.ts', 'test/cli/print.test.ts'];

/** A run that takes so much longer than one without a mutant hangs. */
const TIME_LIMIT = 600_000;

const copy = copySources();
try {
  main();
} finally {
  rmSync(copy, { recursive: true });
}

function main(): void {
  const all = mutantsBelow(root, ['compiler/stages', 'compiler/targets']);
  const drawn = draw(all, COUNT);
  const state = `${root}.mutation/outcomes.json`;
  const known = new Map<string, Outcome>(
    existsSync(state) ? (JSON.parse(readFileSync(state, 'utf8')) as [string, Outcome][]) : [],
  );
  if (fails([...VALUES, ...PROPERTIES, ...GOLDENS])) throw new Error('the tests fail without a mutant');
  const outcomes: Outcome[] = [];
  const remarks = readFileSync(`${root}bench/mutation/remarks.md`, 'utf8');
  drawn.forEach((mutant, i) => {
    const key = JSON.stringify(mutant);
    const outcome = known.get(key) ?? { ...mutant, fate: fateOf(mutant) };
    known.set(key, outcome);
    mkdirSync(`${root}.mutation`, { recursive: true });
    writeFileSync(state, JSON.stringify([...known]));
    console.log(
      `${i + 1}/${drawn.length} ${outcome.fate}: ${mutant.file}:${mutant.line} ${mutant.before} -> ${mutant.after}`,
    );
    outcomes.push(outcome);
    writeFileSync(`${root}docs/mutation.md`, report(outcomes, all.length, remarks));
  });
}

function fateOf(mutant: Mutant): Fate {
  const path = join(copy, mutant.file);
  const text = readFileSync(path, 'utf8');
  writeFileSync(path, text.slice(0, mutant.start) + mutant.after + text.slice(mutant.end));
  try {
    if (fails(VALUES) || fails(PROPERTIES)) return 'noticed';
    if (mutant.file.includes('/shader/') && SHADERS.some(fails)) return 'noticed';
    return fails(GOLDENS) ? 'only by snapshots' : 'missed';
  } finally {
    writeFileSync(path, text);
  }
}

/** Whether a run of these tests fails, or hangs. */
function fails(tests: readonly string[]): boolean {
  const run = spawnSync('npx', ['vitest', 'run', '--bail', '1', ...tests], {
    cwd: copy,
    timeout: TIME_LIMIT,
    stdio: 'ignore',
  });
  return run.status !== 0;
}

/** Evenly spread over all, so that every file has its share; so are the first of them, should the rest have to wait. */
function draw(all: readonly Mutant[], count: number): readonly Mutant[] {
  const golden = 0.6180339887498949;
  const step = Math.max(1, all.length / count);
  return Array.from({ length: Math.min(count, all.length) }, (_, i) => i)
    .sort((i, j) => ((i * golden) % 1) - ((j * golden) % 1))
    .map((i) => all[Math.floor((i + 0.5) * step)]!);
}

function copySources(): string {
  const folder = mkdtempSync(join(tmpdir(), 'opau-mutation-'));
  for (const path of execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).trim().split('\n')) {
    if (existsSync(join(root, path))) cpSync(join(root, path), join(folder, path));
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}
