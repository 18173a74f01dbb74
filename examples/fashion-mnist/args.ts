import { parseArgs } from 'node:util';
import { BACKEND_NAMES } from './backend.js';
import { UserError } from './user-error.js';

export interface Arguments {
  /** Undefined: the subset that comes with this example. */
  readonly data?: string;
  readonly epochs: number;
  readonly batchSize: number;
  /** Undefined: as many as fit into `minutes`. */
  readonly seeds?: number;
  readonly minutes: number;
  readonly backend?: string;
  readonly report: string;
}

export const HELP = `Trains a LeNet with ReLU and with both safe Hermite-Padé layers, and compares them.

Usage: npm start -- [options]

  --data DIR      IDX files of Fashion-MNIST, or CIFAR-10's binary files (default: the subset in this repository)
  --epochs N      epochs for each net (default: 3)
  --batch N       pictures in a training step (default: 50)
  --seeds N       train every net from N seeds (default: as many as fit into --minutes, 1 to 5)
  --minutes X     time to aim at where --seeds is not given (default: 4.5)
  --backend NAME  one of ${BACKEND_NAMES.join(', ')} (default: the best one that works here)
  --report DIR    where report.html and report.json go (default: report)
  --help          this text

Examples:
  npm start
  npm start -- --epochs 1 --seeds 1
  npm start -- --data /usr/share/datasets/fashion-mnist --seeds 3 --report full
`;

const OPTIONS = {
  data: { type: 'string' },
  epochs: { type: 'string' },
  batch: { type: 'string' },
  seeds: { type: 'string' },
  minutes: { type: 'string' },
  backend: { type: 'string' },
  report: { type: 'string' },
  help: { type: 'boolean' },
} as const;

/** Undefined where help was asked for. Throws UserError: one line. */
export function readArguments(argv: readonly string[]): Arguments | undefined {
  const values = parse(argv);
  if (values.help === true) return undefined;
  return {
    ...(values.data === undefined ? {} : { data: values.data }),
    epochs: wholeNumber('--epochs', values.epochs ?? '3', 1000),
    batchSize: wholeNumber('--batch', values.batch ?? '50', 10_000),
    ...(values.seeds === undefined ? {} : { seeds: wholeNumber('--seeds', values.seeds, 1000) }),
    minutes: positive('--minutes', values.minutes ?? '4.5'),
    ...(values.backend === undefined ? {} : { backend: backendName(values.backend) }),
    report: values.report ?? 'report',
  };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: false }).values;
  } catch (error) {
    // Node's messages go on with advice about positionals, which there are none of here.
    const [first] = (error as Error).message.split(/\. |\n/);
    throw new UserError(`${first!.replace(/\.$/, '')}; see --help`);
  }
}

function wholeNumber(option: string, text: string, most: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  if (value >= 1 && value <= most) return value;
  throw new UserError(`${option} is "${text}": it must be a whole number from 1 to ${most}`);
}

function positive(option: string, text: string): number {
  const value = text.trim() === '' ? NaN : Number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new UserError(`${option} is "${text}": it must be a number above 0`);
}

function backendName(text: string): string {
  if (BACKEND_NAMES.includes(text)) return text;
  throw new UserError(`--backend is "${text}": use one of ${BACKEND_NAMES.join(', ')}`);
}
