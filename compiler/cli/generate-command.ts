import { resolve } from 'node:path';
import type { FlagValues } from './flags.js';
import { print, type Io } from './io.js';
import { plotFile, writePlot } from './plot-file.js';
import { specOf, valueOf } from './request.js';
import { summary } from './summary.js';
import { checkDirectory, writeFiles } from './write.js';
import { UsageError } from '../errors.js';
import type { Stages } from '../generate.js';

const STDOUT = '-';

/**
 * Generates one activation and writes it to `--out`, then says on stderr what was made. All that can be wrong with the
 * request is looked at before the compiler is loaded, and nothing is written before it is done. Throws UsageError.
 */
export async function generateCommand(flags: FlagValues, io: Io, stages?: Stages): Promise<number> {
  const spec = await specOf(flags, io);
  if (flags.has('verify')) {
    if (flags.has('out')) throw new UsageError('--out and --verify exclude each other: --verify writes nothing');
    const { verifyCommand } = await import('./verify-command.js');
    return verifyCommand(spec, io, stages);
  }
  const out = valueOf(flags, 'out');
  const directory = out === STDOUT ? undefined : { path: resolve(io.cwd, out), shown: out };
  if (directory !== undefined) await checkDirectory(io.fs, directory);
  const plot = await plotFile(flags, io);

  const { generate } = await import('../generate.js');
  const generation = generate(spec, stages);
  const said = summary(generation, directory?.shown, io);
  if (directory === undefined) await print(io, [...generation.files.values()].join(''));
  else await writeFiles(io.fs, directory, generation.files);
  if (plot !== undefined) await writePlot(plot, spec, generation.activation.fit, io);
  await io.stderr.write(said);
  return 0;
}
