import { COMMANDS, DEFAULT_COMMAND, type CommandName } from './commands.js';
import type { MAX_DEGREE } from '../bases/family.js';
import type { DEFAULT_TARGET, DENOMINATORS, NORMS, TAILS } from '../spec-options.js';

/** One flag: what the parser, `--help` and the README's table know of it. */
export interface Flag {
  /** Without the dashes. */
  readonly name: string;
  /** One letter. */
  readonly short?: string;
  /** What stands for its value in help; a flag without one is a switch. */
  readonly value?: string;
  readonly summary: string;
  readonly required?: boolean;
  readonly default?: string;
  /** Read from the compiler's own tables, which `--version` and most mistakes need not wait for. */
  readonly choices?: () => Promise<readonly string[]>;
  /** The commands that take it; by default `generate` alone. */
  readonly commands?: readonly CommandName[];
}

/** What says which activation is meant, and how its initial coefficients are found. */
const OF_A_SPEC = ['generate', 'fit'] as const satisfies readonly CommandName[];

const EVERY_COMMAND = COMMANDS.map(({ name }) => name);

// Repeated here so that nothing is loaded for them; their types hold them to the originals.
const TOP: typeof MAX_DEGREE = 32;
const SUM_ABS: (typeof DENOMINATORS)[0] = 'sum-abs';
const LEAST_SQUARES: (typeof NORMS)[0] = 'least-squares';
const BOUNDED: (typeof TAILS)[0] = 'bounded';
const TARGET: typeof DEFAULT_TARGET = 'leaky_relu(0.01)';

/** Every flag, in the order of help. */
export const FLAGS = [
  {
    name: 'basis',
    value: 'B',
    commands: OF_A_SPEC,
    summary: 'the polynomials f_k that P and Q are made of',
    required: true,
    choices: async () => (await import('../bases/index.js')).basisForms,
  },
  {
    name: 'm',
    value: 'M',
    commands: OF_A_SPEC,
    summary: `degree of P, a whole number from 0 to ${TOP}`,
    required: true,
  },
  {
    name: 'n',
    value: 'N',
    commands: OF_A_SPEC,
    summary: `degree of Q, a whole number from 0 to ${TOP}; 0 makes F a polynomial`,
    required: true,
  },
  {
    name: 'denominator',
    value: 'D',
    summary: 'Q = 1 + sum_j |d_j f_j|, 1 + |sum_j d_j f_j| or, with poles, 1 + sum_j d_j f_j',
    default: SUM_ABS,
    choices: async () => (await import('../spec-options.js')).DENOMINATORS,
    commands: [...OF_A_SPEC, 'convert'],
  },
  {
    name: 'domain',
    value: 'A,B',
    summary: 'moves the basis onto [A, B]: x is mapped affinely and exactly to where the basis is at home',
    commands: [...OF_A_SPEC, 'convert'],
  },
  {
    name: 'normalise',
    summary: 'makes the basis orthonormal, so that no f_k outgrows the others',
    commands: [...OF_A_SPEC, 'convert'],
  },
  {
    name: 'target-function',
    value: 'T',
    commands: OF_A_SPEC,
    summary: 'what the initial coefficients approximate: a name, or a formula in x',
    default: TARGET,
    choices: async () => (await import('../fit/target-table.js')).targetNames,
  },
  {
    name: 'backends',
    value: 'LIST',
    summary:
      'whose kernels the file carries besides those of cpu, with commas between; elsewhere tf ops do the work; ' +
      'freeze: those of the trained layer where it is left out',
    default: 'cpu,wasm,webgpu,webgl',
    commands: ['generate', 'freeze'],
  },
  {
    name: 'interval',
    value: 'A,B',
    commands: OF_A_SPEC,
    summary: 'where they approximate it, two numbers',
    default: '-3,3',
  },
  {
    name: 'norm',
    value: 'N',
    commands: OF_A_SPEC,
    summary: 'what they make least: the mean square error, or the largest',
    default: LEAST_SQUARES,
    choices: async () => (await import('../spec-options.js')).NORMS,
  },
  {
    name: 'tail',
    value: 'T',
    commands: OF_A_SPEC,
    summary: 'whether F is held near the target outside the interval, at some cost inside',
    default: BOUNDED,
    choices: async () => (await import('../spec-options.js')).TAILS,
  },
  { name: 'zero-centre', commands: OF_A_SPEC, summary: 'makes F(0) = 0, at least to within the rounding of c_0' },
  {
    name: 'initial',
    value: 'FILE',
    commands: OF_A_SPEC,
    summary:
      'takes the coefficients from a JSON file with c and d instead of fitting them; FILE#NAME picks one of several',
  },
  { name: 'plot', value: 'FILE', commands: OF_A_SPEC, summary: 'draws target, fit and error into an SVG file' },
  { name: 'json', commands: ['fit'], summary: 'prints the fit as JSON, which --initial reads' },
  {
    name: 'out',
    short: 'o',
    value: 'DIR',
    summary: 'the directory to write to; - prints the module to stdout',
    default: 'generated',
    commands: ['generate', 'freeze'],
  },
  {
    name: 'name',
    value: 'NAME',
    summary: 'freeze: what to call the layer, such as Gate; by default the name of its class, and Frozen',
    commands: ['freeze'],
  },
  {
    name: 'config',
    value: 'FILE',
    summary:
      'generates all activations of a config instead; without any activation on flags, the one that is here; ' +
      'freeze: the config that defines the basis of the layer, where opau does not',
    default: 'opau.config.{json,ts,js,mjs}',
    commands: ['generate', 'freeze'],
  },
  { name: 'check', summary: 'writes nothing: shows how the files differ from what would be written, exit code 1' },
  { name: 'watch', summary: 'generates again whenever the config changes; Ctrl-C ends it' },
  {
    name: 'dump',
    value: 'STAGE',
    summary: 'prints what a stage of the compiler has made of the activation',
    choices: async () => (await import('../dump/names.js')).STAGE_NAMES,
  },
  {
    name: 'format',
    value: 'F',
    summary: 'how --dump writes mathematics',
    default: 'text',
    choices: async () => (await import('../dump/names.js')).FORMATS,
  },
  {
    name: 'target',
    value: 'LANG',
    summary: 'prints the kernels in one language alone',
    choices: async () => (await import('../targets/names.js')).LANGUAGE_NAMES,
  },
  {
    name: 'verify',
    summary: 'writes nothing, but checks each module in depth and prints a table; exit code 1 if anything is wrong',
  },
  { name: 'from', value: 'B', summary: 'convert: the basis of the coefficients given', commands: ['convert'] },
  { name: 'to', value: 'B', summary: 'convert: the basis to write them in', commands: ['convert'] },
  {
    name: 'c',
    value: 'C',
    summary: 'convert: c_0 to c_m as exact numbers, such as 0,1,-1/2; P alone without --d',
    commands: ['convert'],
  },
  { name: 'd', value: 'D', summary: 'convert: d_1 to d_n', commands: ['convert'] },
  {
    name: 'coefficients',
    value: 'FILE',
    summary:
      'convert: c and d from a JSON file, such as {"c": [0, 1, "-1/2"], "d": [0.25]}; freeze: what coefficientsOf(layer) gives, as JSON',
    commands: ['convert', 'freeze'],
  },
  {
    name: 'from-domain',
    value: 'A,B',
    summary: 'convert: as --domain, of the basis of the coefficients given',
    commands: ['convert'],
  },
  { name: 'from-normalise', summary: 'convert: as --normalise, likewise', commands: ['convert'] },
  { name: 'help', short: 'h', summary: 'prints this', commands: EVERY_COMMAND },
  { name: 'version', summary: 'prints the version', commands: EVERY_COMMAND },
] as const satisfies readonly Flag[];

export type FlagName = (typeof FLAGS)[number]['name'];

/** What was given, as text; a switch that was given has the text ''. */
export type FlagValues = ReadonlyMap<FlagName, string>;

/** The spellings on the command line: `--out`, `-o`. */
export const spellings = ({ name, short }: Flag): string[] => [
  `--${name}`,
  ...(short === undefined ? [] : [`-${short}`]),
];

/** The commands that take a flag. */
export const commandsOf = ({ commands }: Flag): readonly CommandName[] => commands ?? [DEFAULT_COMMAND];

/** Whether a command takes a flag. */
export const takes = (flag: Flag, command: CommandName): boolean => commandsOf(flag).includes(command);
