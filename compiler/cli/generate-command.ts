import { actionOf } from './action.js';
import { checkCommand } from './check-command.js';
import type { FlagValues } from './flags.js';
import { print, type Io } from './io.js';
import { plotFile, writePlot } from './plot-file.js';
import { configOf, planConfig, planFlags } from './plan.js';
import { valueOf } from './request.js';
import { summary } from './summary.js';
import { checkDirectory, writeFiles } from './write.js';
import { writePlan } from './write-plan.js';
import { UsageError } from '../errors.js';
import type { Stages } from '../generate.js';

const STDOUT = '-';

/**
 * Generates what flags or a config ask for, and says on stderr what was made; or does with it what `--check`, `--watch`,
 * `--dump` or `--target` says. All that can be wrong with the request is looked at before the compiler is loaded, and
 * nothing is written before all of it is done. Throws UsageError.
 */
export async function generateCommand(flags: FlagValues, io: Io, stages?: Stages): Promise<number> {
  const action = actionOf(flags);
  const config = await configOf(flags, io);
  if (config !== undefined && (action === 'dump' || action === 'target')) {
    throw new UsageError(`--${action} is for one activation: give --basis, --m and --n`);
  }
  if (action === 'dump' || action === 'target') {
    const { printCommand } = await import('./print-command.js');
    return printCommand(action, flags, io, stages);
  }
  if (action === 'watch') {
    if (config === undefined) throw new UsageError('--watch watches a config: leave out the flags of an activation');
    const { watchCommand } = await import('./watch-command.js');
    return watchCommand(config, io, stages);
  }
  const plan = config === undefined ? await planFlags(flags, io) : await planConfig(config, io);
  if (action === 'verify') {
    const { verifyCommand } = await import('./verify-command.js');
    return verifyCommand(plan, io, stages);
  }
  if (action === 'check') return checkCommand(plan, io, stages);
  if (plan.config !== undefined) return writePlan(plan, io, stages);
  return generateOne(flags, io, stages);
}

async function generateOne(flags: FlagValues, io: Io, stages?: Stages): Promise<number> {
  const { jobs } = await planFlags(flags, io);
  const { spec, directory } = jobs[0]!;
  const isPrinted = valueOf(flags, 'out') === STDOUT;
  if (!isPrinted) await checkDirectory(io.fs, directory);
  const plot = await plotFile(flags, io);

  const { generate } = await import('../generate.js');
  const generation = generate(spec, stages);
  const said = summary(generation, isPrinted ? undefined : directory.shown, io);
  if (isPrinted) await print(io, [...generation.files.values()].join(''));
  else await writeFiles(io.fs, [{ directory, files: generation.files }]);
  if (plot !== undefined) await writePlot(plot, spec, generation.activation.fit, io);
  await io.stderr.write(said);
  return 0;
}
