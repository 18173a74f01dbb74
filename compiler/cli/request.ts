import { FLAGS, type Flag, type FlagName, type FlagValues } from './flags.js';
import { readInitial } from './initial-file.js';
import type { Io } from './io.js';
import type { Family } from '../bases/index.js';
import { UsageError } from '../errors.js';
import { parseInterval } from '../fit/interval.js';
import { resolveTarget } from '../fit/targets.js';
import { DEFAULT_INTERVAL, defineSpec, MAX_DEGREE, type Spec } from '../spec.js';

function requireFlags(flags: FlagValues): void {
  const missing = (FLAGS as readonly (Flag & { name: FlagName })[]).filter(
    ({ name, required }) => required && !flags.has(name),
  );
  if (missing.length === 0) return;
  const names = missing
    .map(({ name }) => `--${name}`)
    .join(' and ')
    .replace(/ and (?=.* and )/g, ', ');
  throw new UsageError(
    `${names} ${missing.length === 1 ? 'is' : 'are'} missing: use for example --basis hermite --m 5 --n 4, or --help`,
  );
}

/** The spec that the flags ask for; `own` are bases beside the compiler's, by name. Throws UsageError. */
export async function specOf(
  flags: FlagValues,
  io: Pick<Io, 'cwd' | 'fs'>,
  own: ReadonlyMap<string, Family> = new Map(),
): Promise<Spec> {
  requireFlags(flags);
  const [m, n] = [degree(flags, 'm'), degree(flags, 'n')];
  const [name, denominator] = [valueOf(flags, 'basis'), valueOf(flags, 'denominator')];
  const basis = own.get(name) ?? name;
  const shape = { basis, m, n, denominator };
  const file = flags.get('initial');
  const given = file === undefined ? undefined : await readInitial(file, { ...shape, basis: name }, io);
  // A file of coefficients says what they are for, unless the flags say otherwise.
  const interval = flags.has('interval')
    ? parseInterval(valueOf(flags, 'interval'))
    : (given?.interval ?? DEFAULT_INTERVAL);
  const named = flags.has('target-function') ? undefined : given?.target;
  const target = await resolveTarget(named ?? valueOf(flags, 'target-function'), interval);
  return defineSpec({
    ...{ ...shape, target, interval, domain: flags.get('domain')?.split(','), normalise: flags.has('normalise') },
    ...{ norm: valueOf(flags, 'norm'), tail: valueOf(flags, 'tail'), zeroCentre: flags.has('zero-centre') },
    ...(given === undefined ? {} : { initial: given.coefficients }),
    backends: backendsOf(flags),
  });
}

/** The names in `--backends`, or its default, unchecked. */
export const backendsOf = (flags: FlagValues): readonly string[] =>
  valueOf(flags, 'backends')
    .split(',')
    .map((backend) => backend.trim());

/** The text given for a flag, or its default. */
export function valueOf(flags: FlagValues, name: FlagName): string {
  const flag: Flag = FLAGS.find((row) => row.name === name)!;
  return flags.get(name) ?? flag.default ?? '';
}

/** Plain decimal digits only: `5.0`, `1e1` and `0x5` are more likely slips than degrees. */
function degree(flags: FlagValues, name: 'm' | 'n'): number {
  const text = valueOf(flags, name);
  if (/^(?:0|[1-9]\d?)$/.test(text) && Number(text) <= MAX_DEGREE) return Number(text);
  throw new UsageError(`--${name} is "${text}": the degree must be a whole number from 0 to ${MAX_DEGREE}`);
}
