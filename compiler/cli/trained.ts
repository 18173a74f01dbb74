import type { ConfigPath } from './config/find.js';
import type { FlagValues } from './flags.js';
import type { Io } from './io.js';
import { ownBasis } from './own-basis.js';
import { backendsOf } from './request.js';
import { UsageError } from '../errors.js';
import { resolveTarget } from '../fit/targets.js';
import { DEFAULT_TARGET, defineSpec, type Spec, type SpecRequest } from '../spec.js';

/** A trained layer: what `coefficientsOf` of opau/training writes, checked. */
export interface Trained {
  readonly spec: Spec;
  /** Which config defines its basis, if the compiler does not. */
  readonly config?: ConfigPath | undefined;
  readonly sets: readonly number[];
  readonly c: readonly number[];
  readonly d: readonly number[];
}

/** What this compiler knows of a spec. */
const SPEC_KEYS = ['basis', 'domain', 'normalise', 'm', 'n', 'denominator', 'target', 'backends'] as const;

/**
 * Reads the JSON of a trained layer; `--config` says where a basis comes from that is not the compiler's, `--backends` whose
 * kernels its module carries if not those of the layer. Throws UsageError, one line that says where it is wrong.
 */
export async function readTrained(file: string, text: string, flags: FlagValues, io: Io): Promise<Trained> {
  const wrong = (what: string): UsageError =>
    new UsageError(`--coefficients "${file}": ${what}; write it with JSON.stringify(await coefficientsOf(layer))`);
  const data = record(parse(text, wrong)) ?? fail(wrong('it holds no JSON object'));
  const request = record(data['spec']) ?? fail(wrong('it has no "spec"'));
  const unknown = Object.keys(request).find((key) => !(SPEC_KEYS as readonly string[]).includes(key));
  if (unknown !== undefined) throw wrong(`its spec has "${unknown}", which this version of opau-gen does not know`);
  const { target = DEFAULT_TARGET, ...asked } = request;
  const { basis, denominator } = asked;
  for (const [key, value] of Object.entries({ basis, denominator, target }))
    if (typeof value !== 'string') throw wrong(`spec.${key} is ${JSON.stringify(value)}, but must be text`);
  const { domain } = asked;
  if (domain !== undefined && !(Array.isArray(domain) && domain.every((end) => typeof end === 'string')))
    throw wrong(`spec.domain is ${JSON.stringify(domain)}, but must be two numbers as text`);
  const { backends } = asked;
  if (backends !== undefined && !(Array.isArray(backends) && backends.every((name) => typeof name === 'string')))
    throw wrong(`spec.backends is ${JSON.stringify(backends)}, but must be a list of names`);
  const own = await ownBasis(basis as string, flags.get('config'), io);
  const spec = defineSpec({
    ...(asked as unknown as SpecRequest),
    ...(own && { basis: own.family }),
    ...(flags.has('backends') && { backends: backendsOf(flags) }),
    target: await resolveTarget(target as string),
  });

  const sets = numbers(data['sets']) ?? fail(wrong('"sets" is no list of numbers'));
  const size = sets.reduce((product, side) => product * side, 1);
  if (!sets.every((side) => Number.isInteger(side) && side > 0))
    throw wrong(`"sets" is [${sets.join(', ')}], which is no shape`);
  const values = (key: 'c' | 'd', length: number): readonly number[] => {
    const list = numbers(data[key])?.map(Math.fround) ?? fail(wrong(`"${key}" is no list of numbers`));
    if (list.length !== size * length)
      throw wrong(`"${key}" has ${list.length} numbers, but ${size} x ${length} are needed`);
    const bad = list.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) throw wrong(`"${key}"[${bad}] is not a finite float32`);
    return list;
  };
  return { spec, config: own?.config, sets, c: values('c', spec.m + 1), d: values('d', spec.n) };
}

function parse(text: string, wrong: (what: string) => UsageError): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw wrong(`it is no JSON (${(error as Error).message})`);
  }
}

const record = (value: unknown): Readonly<Record<string, unknown>> | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;

/** Training may have left NaN, which JSON writes as null: it is found with its place. */
const numbers = (value: unknown): readonly number[] | undefined =>
  Array.isArray(value) && value.every((one) => typeof one === 'number' || one === null)
    ? value.map((one: number | null) => one ?? NaN)
    : undefined;

function fail(error: Error): never {
  throw error;
}
