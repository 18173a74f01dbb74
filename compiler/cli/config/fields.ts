import type { ActivationConfig, Config } from '../../config.js';
import type { RecurrenceRequest } from '../../bases/recurrence.js';
import type { FlagName } from '../flags.js';

/** What a field may hold, and how that is written as the value of a flag. */
interface Kind {
  /** For errors: `activations[0].m is "5": it must be a number`. */
  readonly what: string;
  /** The flag's value; undefined where the field holds something else. `false` leaves a switch away. */
  readonly write: (value: unknown) => string | false | undefined;
}

const text: Kind = {
  what: 'text',
  write: (value) => (typeof value === 'string' && value !== '' ? value : undefined),
};
const number: Kind = {
  what: 'a number',
  write: (value) => (typeof value === 'number' ? String(value) : undefined),
};
const texts: Kind = {
  what: 'a list of texts',
  write: (value) => (isFull(value) && value.every((item) => typeof item === 'string') ? value.join(',') : undefined),
};

const pair: Kind = {
  what: 'a pair of numbers, [low, high]',
  write: (value) => (isFull(value) && value.length === 2 && value.every(isNumeral) ? value.join(',') : undefined),
};
const toggle: Kind = {
  what: 'true or false',
  write: (value) => (value === true ? '' : value === false ? false : undefined),
};

const isNumeral = (value: unknown): boolean => typeof value === 'number' || typeof value === 'string';
const isFull = (value: unknown): value is readonly unknown[] => Array.isArray(value) && value.length > 0;

export interface Field extends Kind {
  /** The flag that it stands for: what checks the value further. */
  readonly flag: FlagName;
}

/** The fields of an activation, in the order of help. A new one is a line here and one in config.ts. */
export const ACTIVATION_FIELDS: Readonly<Record<keyof ActivationConfig, Field>> = {
  basis: { flag: 'basis', ...text },
  m: { flag: 'm', ...number },
  n: { flag: 'n', ...number },
  denominator: { flag: 'denominator', ...text },
  domain: { flag: 'domain', ...pair },
  normalise: { flag: 'normalise', ...toggle },
  target: { flag: 'target-function', ...text },
  backends: { flag: 'backends', ...texts },
  out: { flag: 'out', ...text },
};

/** `$schema` is for editors. */
export const CONFIG_FIELDS: readonly (keyof Config | '$schema')[] = ['out', 'bases', 'activations', '$schema'];

export const BASIS_FIELDS: readonly (keyof Omit<RecurrenceRequest, 'name'>)[] = ['a', 'b', 'c', 'title'];
