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
  /** Lines of help between the usage and the flags: what it makes. */
  readonly about?: readonly string[];
  /** What follows `npx opau-gen`, and what it does. */
  readonly examples?: readonly (readonly [given: string, effect: string])[];
  /** Resolves to the exit code. Throws UsageError. Loads what it needs itself: `--help` must not wait for ts-morph. */
  readonly run: (flags: FlagValues, io: Io, options: Options) => Promise<number>;
}

/** Every command, in the order of help. The first is meant where no command is given. */
export const COMMANDS = [
  {
    name: 'generate',
    summary: 'writes the module of an activation, or those of a config; the word itself may be left out',
    about: [
      'Writes one TypeScript module: a TensorFlow.js layer for the trainable activation F(x) = P(x) / Q(x),',
      '  P = sum_{i=0..m} c_i f_i(x),  Q = 1 + sum_{j=1..n} |d_j f_j(x)|,  {f_k} a family of polynomials,',
      'with its gradients in closed form and initial coefficients fitted to a target function. Without an activation on',
      'flags it writes those that opau.config.json (or .ts, .js, .mjs) lists.',
    ],
    examples: [
      ['--basis hermite --m 5 --n 4', 'writes generated/hermite-5-4.ts, which starts out as a leaky ReLU'],
      [
        '--basis chebyshev-t --m 3 --n 2 --denominator abs-sum --target-function gelu --out src',
        'writes src/chebyshev-t-3-2-abs-sum.ts, which starts out as GELU',
      ],
      [
        '--basis monomial --m 5 --n 4 --target-function "x * sigmoid(2*x)" -o - > pade.ts',
        'prints a module that starts out as a formula of your own',
      ],
      ['--check', 'shows which files of opau.config.json are not up to date, and how to mend them'],
      ['--basis legendre --m 3 --n 2 --dump differentiate --format latex', 'prints the gradients in LaTeX'],
    ],
    run: async (flags, io, { stages }) => {
      const { generateCommand } = await import('./generate-command.js');
      return generateCommand(flags, io, stages);
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
