import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeIo } from '../../compiler/cli/io.js';
import { parseCommandLine } from '../../compiler/cli/parse.js';
import { specOf } from '../../compiler/cli/request.js';
import { UsageError } from '../../compiler/errors.js';
import { generate } from '../../compiler/generate.js';
import type { Spec } from '../../compiler/spec.js';
import type { WasmKernels } from '../../runtime/wasm.js';

/** What is run: an activation with its initial coefficients, and the kernels that its module carries. */
export interface Subject {
  readonly name: string;
  readonly spec: Spec;
  readonly c: readonly number[];
  readonly d: readonly number[];
  readonly wasm: WasmKernels;
}

const generated = fileURLToPath(new URL('../../../generated/', import.meta.url));

/**
 * By the name or the path of an emitted module, or by the flags of `opau-gen`. A module is made again by the command in its
 * header, and must be what that gives. Throws UsageError.
 */
export async function findSubject(args: readonly string[]): Promise<Subject> {
  const [given] = args;
  if (given === undefined) {
    throw new UsageError(
      'no spec is given: use a module such as hermite-5-4, or flags such as --basis hermite --m 5 --n 4',
    );
  }
  const text = given.startsWith('-') ? undefined : read(given);
  const flags = text === undefined ? args : headerFlags(text, given);
  const spec = await specOf(parseCommandLine(flags).flags, nodeIo());
  const { files, activation } = generate(spec);
  const [[path, fresh]] = [...files] as [[string, string]];
  if (text !== undefined && text !== fresh) {
    throw new UsageError(`${given} is not what opau-gen makes today: generate it again first`);
  }
  const { c, d } = activation.fit;
  return { name: basename(path, '.ts'), spec, c, d, wasm: kernelsIn(fresh) };
}

function read(given: string): string {
  const path = given.endsWith('.ts') ? given : join(generated, `${given}.ts`);
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new UsageError(`there is no module ${path}: use the name of one in generated/, or the flags of opau-gen`);
  }
}

/** The words after `npx opau-gen` in a module's header. */
function headerFlags(text: string, given: string): readonly string[] {
  const command = /^\/\/ command: npx opau-gen (.*)$/m.exec(text)?.[1];
  if (command === undefined)
    throw new UsageError(`${given} was not written by opau-gen: it has no command in its header`);
  return [...command.matchAll(/"([^"]*)"|\S+/g)].map(([word, quoted]) => quoted ?? word);
}

/** The modules as they stand in the text, not as the compiler would assemble them. */
function kernelsIn(text: string): WasmKernels {
  const literal = (name: string): string | undefined => {
    const lines = new RegExp(`^  ${name}:\\n((?:    '[^']*'(?: \\+)?,?\\n)+)`, 'm').exec(text)?.[1];
    return lines && [...lines.matchAll(/'([^']*)'/g)].map(([, part]) => part).join('');
  };
  const relaxed = literal('relaxed');
  return {
    base64: literal('base64')!,
    limitsAt: Number(/limitsAt: (\d+)/.exec(text)![1]),
    ...(relaxed === undefined ? {} : { relaxed }),
  };
}
