import type { CommandName } from './commands.js';
import type { FlagValues } from './flags.js';
import type { Io } from './io.js';
import type { Stages } from '../generate.js';

export interface Options {
  /** Replaces the compiler's passes: tests plant faults in them. */
  readonly stages?: Stages;
}

/** Resolves to the exit code. Throws UsageError. Loads what it needs itself: `--help` must not wait for the compiler. */
type Run = (flags: FlagValues, io: Io, options: Options) => Promise<number>;

/** What each command does. */
export const RUN: Readonly<Record<CommandName, Run>> = {
  generate: async (flags, io, { stages }) => {
    const { generateCommand } = await import('./generate-command.js');
    return generateCommand(flags, io, stages);
  },
  fit: async (flags, io) => {
    const { fitCommand } = await import('./fit-command.js');
    return fitCommand(flags, io);
  },
  doctor: async (_, io) => (await import('./doctor-command.js')).doctorCommand(io),
  convert: async (flags, io) => {
    const { convertCommand } = await import('./convert-command.js');
    return convertCommand(flags, io);
  },
  freeze: async (flags, io, { stages }) => {
    const { freezeCommand } = await import('./freeze-command.js');
    return freezeCommand(flags, io, stages);
  },
};
