import { FLAGS, type Flag, type FlagName, type FlagValues } from './flags.js';
import type { Family } from '../bases/index.js';
import { UsageError } from '../errors.js';
import { resolveTarget } from '../fit/targets.js';
import { defineSpec, MAX_DEGREE, type Spec } from '../spec.js';

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
export async function specOf(flags: FlagValues, own: ReadonlyMap<string, Family> = new Map()): Promise<Spec> {
  requireFlags(flags);
  const [m, n] = [degree(flags, 'm'), degree(flags, 'n')];
  const target = await resolveTarget(valueOf(flags, 'target-function'));
  const backends = valueOf(flags, 'backends').split(',');
  const basis = valueOf(flags, 'basis');
  return defineSpec({
    basis: own.get(basis) ?? basis,
    m,
    n,
    denominator: valueOf(flags, 'denominator'),
    domain: flags.get('domain')?.split(','),
    normalise: flags.has('normalise'),
    target,
    backends: backends.map((name) => name.trim()),
  });
}

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
