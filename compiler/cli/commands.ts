import type { FlagValues } from './flags.js';
import type { Io } from './io.js';
import type { Stages } from '../generate.js';

export interface Options {
  /** Replaces the compiler's passes: tests plant faults in them. */
  readonly stages?: Stages;
}

/** One word after `opau-gen`: what help and the README know of it, and what it does. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  /** Resolves to the exit code. Throws UsageError. Loads what it needs itself: `--help` must not wait for ts-morph. */
  readonly run: (flags: FlagValues, io: Io, options: Options) => Promise<number>;
}

/** Every command, in the order of help. The first is meant where no command is given. */
export const COMMANDS = [
  {
    name: 'generate',
    summary: 'writes the module of an activation; the word itself may be left out',
    run: async (flags, io, { stages }) => {
      const { generateCommand } = await import('./generate-command.js');
      return generateCommand(flags, io, stages);
    },
  },
  {
    name: 'fit',
    summary: 'prints the initial coefficients and how well they do, and writes no module',
    run: async (flags, io) => {
      const { fitCommand } = await import('./fit-command.js');
      return fitCommand(flags, io);
    },
  },
  {
    name: 'doctor',
    summary: 'says which tfjs backends run generated layers here, and what mends the others',
    run: async (_, io) => (await import('./doctor-command.js')).doctorCommand(io),
  },
  {
    name: 'convert',
    summary: 'writes coefficients in another basis, exactly: PAU to OPAU and back',
    run: async (flags, io) => {
      const { convertCommand } = await import('./convert-command.js');
      return convertCommand(flags, io);
    },
  },
  {
    name: 'freeze',
    summary: 'writes the module of a trained layer: its coefficients are constants, and it has no weights',
    run: async (flags, io, { stages }) => {
      const { freezeCommand } = await import('./freeze-command.js');
      return freezeCommand(flags, io, stages);
    },
  },
] as const satisfies readonly Command[];

export type CommandName = (typeof COMMANDS)[number]['name'];

export const DEFAULT_COMMAND: CommandName = COMMANDS[0].name;
