import { inspect } from 'node:util';
import { ACTIVATION_FIELDS, BASIS_FIELDS, CONFIG_FIELDS, type Field } from './fields.js';
import { FLAGS, type Flag, type FlagName, type FlagValues } from '../flags.js';
import type { Family } from '../../bases/index.js';
import { recurrenceFamily, type RecurrenceRequest } from '../../bases/recurrence.js';
import { closest } from '../../did-you-mean.js';
import { UsageError } from '../../errors.js';

/** One activation of a config: the same as a command line. */
export interface Entry {
  /** `activations[3]` */
  readonly where: string;
  /** Without `--out`. */
  readonly flags: FlagValues;
  /** As written, relative to the config. */
  readonly out: string;
}

/** A config whose keys and types are right. */
export interface ReadConfig {
  readonly entries: readonly Entry[];
  /** The config's own bases, by name. */
  readonly bases: ReadonlyMap<string, Family>;
}

const REQUIRED = Object.entries<Field>(ACTIVATION_FIELDS)
  .filter(([, { flag }]) => FLAGS.some((row: Flag) => row.name === flag && row.required))
  .map(([key]) => key);

export const DEFAULT_OUT = 'generated';

/** Checks the shape of a config: its keys and their types. Throws UsageError, one line that begins with `name`. */
export function readConfig(name: string, config: unknown): ReadConfig {
  const fields = record(name, '', config, CONFIG_FIELDS);
  const { out = DEFAULT_OUT, bases = {}, activations } = fields;
  if (typeof out !== 'string' || out === '') throw wrongType(name, 'out', out, 'text');
  if (activations === undefined) {
    throw new UsageError(`${name}: activations is missing: list what to generate, [{ basis, m, n }, ...]`);
  }
  if (!Array.isArray(activations)) throw wrongType(name, 'activations', activations, 'a list');
  if (activations.length === 0) throw new UsageError(`${name}: activations is empty: list what to generate`);
  return {
    entries: activations.map((activation, i) => readEntry(name, `activations[${i}]`, activation, out)),
    bases: readBases(name, bases),
  };
}

function readBases(name: string, bases: unknown): ReadonlyMap<string, Family> {
  const own = Object.keys(typeof bases === 'object' && bases !== null ? bases : {});
  return new Map(
    Object.entries(record(name, 'bases', bases, own)).map(([basis, fields]) => {
      const request = record(name, `bases.${basis}`, fields, BASIS_FIELDS);
      try {
        return [basis, recurrenceFamily({ ...request, name: basis } as unknown as RecurrenceRequest)];
      } catch (error) {
        throw error instanceof UsageError ? new UsageError(`${name}: bases.${basis}: ${error.message}`) : error;
      }
    }),
  );
}

function readEntry(name: string, where: string, activation: unknown, defaultOut: string): Entry {
  const fields = record(name, where, activation, Object.keys(ACTIVATION_FIELDS));
  const flags = new Map<FlagName, string>();
  for (const [key, field] of Object.entries<Field>(ACTIVATION_FIELDS)) {
    const value = fields[key];
    if (value === undefined) continue;
    const written = field.write(value);
    if (written === undefined) throw wrongType(name, `${where}.${key}`, value, field.what);
    if (written !== false) flags.set(field.flag, written);
  }
  const missing = REQUIRED.find((key) => fields[key] === undefined);
  if (missing !== undefined) {
    throw new UsageError(`${name}: ${where}.${missing} is missing: each activation has ${REQUIRED.join(', ')}`);
  }
  const out = flags.get('out') ?? defaultOut;
  flags.delete('out');
  return { where, flags, out };
}

/** The fields of an object, all of them known. */
function record(
  name: string,
  where: string,
  value: unknown,
  known: readonly string[],
): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw wrongType(name, where === '' ? 'the config' : where, value, 'an object');
  }
  for (const key of Object.keys(value)) {
    if (known.includes(key)) continue;
    const near = closest(key, known);
    const hint = near === undefined ? `use one of ${known.filter((k) => !k.startsWith('$')).join(', ')}` : '';
    throw new UsageError(
      `${name}: unknown key ${where === '' ? '' : `${where}.`}${key}: ${hint || `did you mean "${near}"?`}`,
    );
  }
  return value as Readonly<Record<string, unknown>>;
}

const wrongType = (name: string, where: string, value: unknown, what: string): UsageError =>
  new UsageError(`${name}: ${where} is ${shown(value)}: it must be ${what}`);

/** In a few words, whatever it is. */
function shown(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value) : inspect(value, { depth: 1, breakLength: Infinity });
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/**
 * An error about one flag of an entry, told of its field: `--m is "5.5": ...` becomes `activations[0].m is "5.5": ...`, and
 * `unknown basis "hermit": ...` gets `activations[0].basis:` in front.
 */
export function inEntry(name: string, { where }: Entry, error: UsageError): UsageError {
  const rows = Object.entries<Field>(ACTIVATION_FIELDS);
  const named = (flag: string): string | undefined => rows.find(([, field]) => field.flag === flag)?.[0];
  const [, flag] = /^--([\w-]+)/.exec(error.message) ?? [];
  const key = flag === undefined ? undefined : named(flag);
  if (key !== undefined) return new UsageError(`${name}: ${where}.${key}${error.message.slice(2 + flag!.length)}`);
  const [, what] = /^unknown ([a-z ]+) "/.exec(error.message) ?? [];
  const subject = rows.find(([, field]) => [what, `${what}s`].includes(field.flag.replaceAll('-', ' ')));
  return new UsageError(`${name}: ${where}${subject === undefined ? '' : `.${subject[0]}`}: ${error.message}`);
}
