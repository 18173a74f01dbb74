import type { Activation } from '../activation.js';
import { opName } from '../emit/identity.js';
import { outputKinds } from './algebra-rows.js';
import type { Path } from './emitted/kernels.js';
import { loadEmitted } from './emitted/load.js';
import { pathsInJavaScript, wasmModules, type Module } from './emitted/paths.js';
import { Examination } from './emitted/run.js';
import type { Definition } from './oracle/definition.js';
import { judgedRow, plainRow, skippedRow, type Row } from './row.js';
import { limitOf } from './tally.js';

/** What a type checker has to say of the text of a module, one line a fault. */
export type TypeCheck = (text: string) => readonly string[];

const TEXT = 'the emitted text';

/** The emitted module: its types, its wasm, and what its kernels answer at hard and random points. */
export async function* emittedRows(
  text: string,
  definition: Definition,
  activation: Activation,
  typeCheck: TypeCheck,
): AsyncGenerator<Row> {
  yield plainRow(TEXT, 'TypeScript, strict', 1, typeCheck(text));
  const emitted = await outcome(() => loadEmitted(text, opName(activation.spec)));
  yield plainRow(TEXT, 'runs as a module', 1, emitted.faults);
  if (emitted.value === undefined) return;
  const modules = await outcome(() => wasmModules(emitted.value!, activation));
  yield* modules.value === undefined ? [plainRow(TEXT, 'wasm', 1, modules.faults)] : validRows(modules.value);

  const examination = new Examination(definition, activation);
  const inWasm = (modules.value ?? []).flatMap(({ path }) => path ?? []);
  for (const path of [...pathsInJavaScript(emitted.value, activation), ...inWasm]) {
    yield* await runRows(examination, path, activation);
  }
}

function validRows(modules: readonly Module[]): readonly Row[] {
  if (modules.length === 0) return [skippedRow(TEXT, 'wasm', 'the module carries none')];
  return modules.map(({ name, size, path }) => {
    if (path !== undefined) return plainRow(TEXT, `${name}: valid`, 1, [], `${size} bytes`);
    const refused = `this engine refuses the module of ${size} bytes`;
    // Relaxed SIMD is younger than what Node 20 runs.
    return name === 'wasm'
      ? plainRow(TEXT, `${name}: valid`, 1, [refused])
      : skippedRow(TEXT, `${name}: valid`, refused);
  });
}

async function runRows(examination: Examination, path: Path, { spec }: Activation): Promise<readonly Row[]> {
  const group = `run on ${path.name}`;
  const tally = await outcome(() => examination.of(path));
  const { value } = tally;
  if (value === undefined) return [plainRow(group, 'kernels', 1, tally.faults)];
  const limit = limitOf(Math.max(spec.m, spec.n));
  return outputKinds(spec).map(([kind, title]) => judgedRow(group, title, value.of(kind), limit));
}

/** A result, or why there is none: emitted code that throws is what --verify is there to report. */
async function outcome<T>(
  run: () => T | Promise<T>,
): Promise<{ readonly value?: T; readonly faults: readonly string[] }> {
  try {
    return { value: await run(), faults: [] };
  } catch (error) {
    return { faults: [error instanceof Error ? `${error.name}: ${error.message.split('\n')[0]}` : String(error)] };
  }
}
