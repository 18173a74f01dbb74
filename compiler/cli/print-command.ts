import type { FlagValues } from './flags.js';
import { print, type Io } from './io.js';
import { specOf, valueOf } from './request.js';
import { unknownName } from '../did-you-mean.js';
import { FORMATS, STAGE_NAMES } from '../dump/names.js';
import { dump } from '../dump/stages.js';
import { UsageError } from '../errors.js';
import type { Activation } from '../activation.js';
import type { Stages } from '../generate.js';
import { printAlone } from '../targets/index.js';
import { LANGUAGE_NAMES } from '../targets/names.js';

/** `--dump STAGE` and `--target LANG`: prints a part of what the compiler makes to stdout. Throws UsageError. */
export async function printCommand(
  action: 'dump' | 'target',
  flags: FlagValues,
  io: Io,
  stages?: Stages,
): Promise<number> {
  const [stage, language, format] = [valueOf(flags, 'dump'), valueOf(flags, 'target'), valueOf(flags, 'format')];
  if (action === 'dump') {
    if (!isOneOf(STAGE_NAMES, stage)) throw unknownName('stage', stage, STAGE_NAMES);
    if (!isOneOf(FORMATS, format)) throw unknownName('format', format, FORMATS);
    await print(io, dump(await compiled(flags, io, stages), stage, format));
  } else {
    if (!isOneOf(LANGUAGE_NAMES, language)) {
      throw new UsageError(
        `${unknownName('target', language, LANGUAGE_NAMES).message}; what to fit to is --target-function`,
      );
    }
    await print(io, printAlone(await compiled(flags, io, stages), language));
  }
  return 0;
}

async function compiled(flags: FlagValues, io: Io, stages?: Stages): Promise<Activation> {
  const spec = await specOf(flags, io);
  const { generate } = await import('../generate.js');
  return generate(spec, stages).activation;
}

const isOneOf = <Name extends string>(names: readonly Name[], name: string): name is Name =>
  (names as readonly string[]).includes(name);
