import { COMMANDS, DEFAULT_COMMAND, type CommandName } from './commands.js';
import { commandsOf, FLAGS, spellings, takes, type Flag, type FlagName, type FlagValues } from './flags.js';
import { closest } from '../did-you-mean.js';
import { UsageError } from '../errors.js';

/** A command line, read. */
export interface CommandLine {
  readonly command: CommandName;
  readonly flags: FlagValues;
}

/** Reads `[command] --flag value ...`. Throws UsageError. */
export function parseCommandLine(argv: readonly string[]): CommandLine {
  const command = COMMANDS.find(({ name }) => name === argv[0])?.name;
  return { command: command ?? DEFAULT_COMMAND, flags: parseFlags(command ? argv.slice(1) : argv, command) };
}

/** Reads `--flag value`, `--flag=value` and the short forms. Checks names, not values. Throws UsageError. */
export function parseFlags(argv: readonly string[], command: CommandName = DEFAULT_COMMAND): FlagValues {
  const values = new Map<FlagName, string>();
  const rest = [...argv];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (!/^-+[^-]/.test(word)) {
      throw unexpected(word);
    }
    const [, written, attached] = /^([^=]*)(?:=(.*))?$/s.exec(word)!;
    const flag = findFlag(written!);
    if (flag === undefined) throw unknownFlag(written!);
    const name = `--${flag.name}`;
    if (!takes(flag, command)) {
      const takers = commandsOf(flag).map((taker) => `opau-gen ${taker}`);
      throw new UsageError(`${name} is not for opau-gen ${command}: it belongs to ${takers.join(' and ')}`);
    }
    if (values.has(flag.name)) throw new UsageError(`${name} is given twice: give it once`);
    if (flag.value === undefined) {
      if (attached !== undefined) throw new UsageError(`${name} takes no value, but "${attached}" is given`);
      values.set(flag.name, '');
      continue;
    }
    const value = attached ?? (isFlag(rest[0]) ? undefined : rest.shift());
    if (value === undefined || value === '') throw new UsageError(`${name} has no value: ${flag.summary}`);
    values.set(flag.name, value);
  }
  return values;
}

type Row = Flag & { readonly name: FlagName };
const rows: readonly Row[] = FLAGS;

const findFlag = (written: string): Row | undefined => rows.find((flag) => spellings(flag).includes(written));

/** A value may begin with one dash, as in `--m -1` (which is then out of range) or `-x * tanh(x)`. */
const isFlag = (word: string | undefined): boolean =>
  word !== undefined && (word.startsWith('--') || findFlag(word) !== undefined);

/** A misspelt command, or a value without its flag. */
function unexpected(word: string): UsageError {
  const near = closest(
    word,
    COMMANDS.map(({ name }) => name),
  );
  const hint = near === undefined ? 'a value follows its flag, as in --basis hermite' : `did you mean "${near}"?`;
  return new UsageError(`unexpected argument "${word}": ${hint}`);
}

function unknownFlag(written: string): UsageError {
  const near = meant(written);
  const hint = near === undefined ? 'opau-gen --help shows all' : `did you mean "${near}"?`;
  return new UsageError(`unknown flag "${written}": ${hint}`);
}

/** A part of a name (`--denom`, `-t`), more than a name (`--output`), or a misspelt one. */
function meant(written: string): string | undefined {
  const bare = written.replace(/^-+/, '').toLowerCase();
  const names = rows.map((flag) => flag.name);
  const near = names.find((name) => name.startsWith(bare) || (name.length > 2 && bare.startsWith(name)));
  const name = near ?? (bare.length > 2 ? closest(bare, names) : undefined);
  return name === undefined ? undefined : `--${name}`;
}
