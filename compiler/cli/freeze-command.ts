import { resolve } from 'node:path';
import type { FlagValues } from './flags.js';
import { print, reasonOf, type Io } from './io.js';
import { withConfig } from './own-basis.js';
import { valueOf } from './request.js';
import { readTrained } from './trained.js';
import { checkDirectory, writeFiles } from './write.js';
import { UsageError } from '../errors.js';
import type { Stages } from '../generate.js';

/**
 * Writes the module of a trained layer to `--out`, and says on stderr what it is. The activation is generated, and
 * verified, as for `generate`. Throws UsageError.
 */
export async function freezeCommand(flags: FlagValues, io: Io, stages?: Stages): Promise<number> {
  const file = valueOf(flags, 'coefficients');
  if (file === '')
    throw new UsageError(
      '--coefficients is missing: it names a file with the JSON of `await coefficientsOf(layer)`, from opau/training',
    );
  const name = flags.get('name');
  if (name !== undefined && !/^[A-Z][A-Za-z0-9]*$/.test(name))
    throw new UsageError(
      `--name is "${name}": a class's name starts with a capital letter and has letters and digits only`,
    );
  const out = valueOf(flags, 'out');
  const directory = out === '-' ? undefined : { path: resolve(io.cwd, out), shown: out, origin: `--out "${out}"` };
  if (directory !== undefined) await checkDirectory(io.fs, directory);
  const { spec, config, ...coefficients } = await readTrained(file, await textOf(io, file), flags, io);

  const { generate } = await import('../generate.js');
  const { freezeModule } = await import('../emit/frozen.js');
  const { files } = generate(spec, stages);
  const [path, module] = freezeModule(spec, [...files.values()][0]!, { name, ...coefficients });
  const text = withConfig(module, config);
  if (directory === undefined) await print(io, text);
  else await writeFiles(io.fs, [{ directory, files: new Map([[path, text]]) }]);
  const count = coefficients.c.length + coefficients.d.length;
  await io.stderr.write(
    `froze ${count} coefficients of ${file} into ${directory === undefined ? 'stdout' : `${out}/${path}`}\n`,
  );
  return 0;
}

async function textOf({ fs, cwd }: Io, file: string): Promise<string> {
  try {
    return await fs.readFile(resolve(cwd, file), 'utf8');
  } catch (error) {
    throw new UsageError(`cannot read --coefficients "${file}": ${reasonOf(error)}`);
  }
}
