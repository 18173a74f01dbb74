import { UsageError } from '../errors.js';
import type { GivenCoefficients } from '../spec.js';

/** What a file of coefficients holds for one activation. */
export interface Given {
  readonly coefficients: GivenCoefficients;
  /** What the file says they approximate, and where. */
  readonly target?: string;
  readonly interval?: readonly [number, number];
}

/** The activation for which coefficients are wanted. */
export interface Wanted {
  readonly basis: string;
  readonly m: number;
  readonly n: number;
  readonly denominator: string;
}

type Entry = Readonly<Record<string, unknown>>;

/**
 * Reads `{ "c": [...], "d": [...] }`, with or without basis, m, n, denominator, target and interval beside them, as
 * `opau-gen fit --json` prints it; or a list of such entries, bare or under "entries". Of a list the entry counts that
 * is for the wanted activation and, with `pick`, has that name or target. `file` is what messages and headers call it.
 * Throws UsageError.
 */
export function parseGiven(text: string, file: string, pick: string | undefined, wanted: Wanted): Given {
  const entries = entriesOf(parseJson(text, file), file);
  const fitting = entries.filter((entry) => isFor(entry, wanted));
  const picked = pick === undefined ? fitting : fitting.filter((entry) => isCalled(entry, pick));
  if (picked.length !== 1) throw notOne(file, pick, wanted, entries, fitting, picked.length);
  const entry = picked[0]!;
  const source = pick === undefined ? file : `${file}#${pick}`;
  const interval = entry['interval'];
  return {
    coefficients: { source, c: numbers(entry, 'c', source), d: numbers(entry, 'd', source) },
    ...(typeof entry['target'] === 'string' ? { target: entry['target'] } : {}),
    ...(isPair(interval) ? { interval } : {}),
  };
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new UsageError(`${file} is not JSON: ${(error as Error).message}`);
  }
}

const isEntry = (value: unknown): value is Entry =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function entriesOf(value: unknown, file: string): readonly Entry[] {
  const list = Array.isArray(value)
    ? value
    : isEntry(value) && Array.isArray(value['entries'])
      ? value['entries']
      : [value];
  const entries = list.filter(isEntry).filter((entry) => 'c' in entry);
  if (entries.length > 0) return entries;
  throw new UsageError(
    `${file} holds no coefficients: it must be {"c": [...], "d": [...]} or {"entries": [...]} of such`,
  );
}

const KEYS = ['basis', 'm', 'n', 'denominator'] as const;

/** What an entry does not say it does not contradict. */
const isFor = (entry: Entry, wanted: Wanted): boolean =>
  KEYS.every((key) => entry[key] === undefined || entry[key] === wanted[key]);

/** By its name, or its target with or without parameters. */
const isCalled = (entry: Entry, pick: string): boolean =>
  entry['name'] === pick || entry['target'] === pick || String(entry['target']).replace(/\(.*/, '') === pick;

function notOne(
  file: string,
  pick: string | undefined,
  wanted: Wanted,
  entries: readonly Entry[],
  fitting: readonly Entry[],
  found: number,
): UsageError {
  const shape = `${wanted.basis} ${wanted.m}/${wanted.n} ${wanted.denominator}`;
  if (fitting.length === 0) {
    const shapes = new Set(
      entries.map((e) => `${text(e['basis'])} ${text(e['m'])}/${text(e['n'])} ${text(e['denominator'])}`),
    );
    return new UsageError(`${file} has no coefficients for ${shape}, only for ${[...shapes].join(', ')}`);
  }
  const names = fitting.map((entry) => text(entry['name'] ?? entry['target'])).join(', ');
  if (found === 0) return new UsageError(`${file} has no "${pick}" for ${shape}: use one of ${names}`);
  return new UsageError(
    `${file} has ${found} entries for ${shape}: name one after a #, as in "${file}#NAME" (${names})`,
  );
}

const text = (value: unknown): string =>
  value === undefined ? '?' : typeof value === 'string' ? value : JSON.stringify(value);

/** Throws UsageError where a value is no number; whether it fits the activation is the spec's to say. */
function numbers(entry: Entry, name: 'c' | 'd', source: string): readonly number[] {
  const values = entry[name];
  if (!Array.isArray(values)) throw new UsageError(`${name} of ${source} is no list: it must be a list of numbers`);
  return values.map((value: unknown, i) => {
    if (typeof value === 'number') return value;
    throw new UsageError(`${name}[${i}] of ${source} is ${JSON.stringify(value)}: it must be a finite float32 number`);
  });
}

const isPair = (value: unknown): value is readonly [number, number] =>
  Array.isArray(value) && value.length === 2 && value.every((end) => typeof end === 'number');
