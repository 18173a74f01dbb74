import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { capital, inName } from '../bases/parametric.js';
import { BACKENDS, DEFAULT_INTERVAL, DEFAULT_TARGET, DENOMINATORS, type Denominator, type Spec } from '../spec.js';

const SUFFIX: Readonly<Record<Denominator, string>> = { 'sum-abs': '', 'abs-sum': 'AbsSum', none: 'Unsafe' };

/** `HermitePade5x4`, `HermitePade5x4AbsSum`, `HermitePade5x4Unsafe`, `HermitePade5x4OnM3To3Normalised`. */
export const className = ({ family, m, n, denominator, domain, normalise }: Spec): string =>
  `${family.classPrefix}${m}x${n}${SUFFIX[denominator]}` +
  (domain === undefined ? '' : `On${domain.map((end) => capital(inName(end))).join('To')}`) +
  (normalise ? 'Normalised' : '');

/** The functional op's name: the class's with a small first letter. */
export const opName = (spec: Spec): string => {
  const name = className(spec);
  return name.charAt(0).toLowerCase() + name.slice(1);
};

/** `hermite-5-4.ts`, `hermite-5-4-abs-sum.ts`, `hermite-5-4-on-m3-3-normalised.ts`. */
export const fileName = ({ family, m, n, denominator, domain, normalise }: Spec): string => {
  const words = [family.fileStem ?? family.name, m, n];
  if (denominator !== DENOMINATORS[0]) words.push(denominator);
  if (domain !== undefined) words.push('on', ...domain.map(inName));
  if (normalise) words.push('normalised');
  return `${words.join('-')}.ts`;
};

/** What may differ from the default: the flag, and its value where it does. */
const settings = ({
  denominator,
  domain,
  normalise,
  target,
  backends,
}: Spec): readonly (readonly [flag: string, value: string | undefined])[] => [
  ['denominator', denominator === DENOMINATORS[0] ? undefined : denominator],
  ['domain', domain?.map((end) => end.toFraction()).join(',')],
  ['normalise', normalise ? '' : undefined],
  ['target-function', target.name === DEFAULT_TARGET ? undefined : `"${target.name}"`],
  ['backends', carriesAll(backends) ? undefined : backends.join(',')],
];

const carriesAll = (backends: Spec['backends']): boolean => backends.length === BACKENDS.length;

/** The command that makes the same module again. A basis of the user's own can be told by a config only. */
export function command(spec: Spec): string {
  const { family, m, n } = spec;
  if (family.recurrenceText !== undefined) return 'npx opau-gen';
  const given = settings(spec).flatMap(([flag, value]) =>
    value === undefined ? [] : [value === '' ? `--${flag}` : `--${flag} ${value}`],
  );
  return ['npx opau-gen', `--basis ${inShell(family.name)}`, `--m ${m}`, `--n ${n}`, ...given].join(' ');
}

/** Parentheses mean something to a shell. */
const inShell = (name: string): string => (/^[\w-]+$/.test(name) ? name : `"${name}"`);

/** The hash of everything that the output depends on, beside the compiler's version. */
export function specHash(spec: Spec): string {
  const { family, m, n, denominator, target, interval = DEFAULT_INTERVAL, domain, normalise, backends } = spec;
  const normalised = JSON.stringify({
    basis: family.name,
    m,
    n,
    denominator,
    target: target.name,
    interval,
    // Left out where undefined.
    recurrence: family.recurrenceText,
    domain: domain?.map((end) => end.toFraction()),
    normalise: normalise || undefined,
    backends: carriesAll(backends) ? undefined : backends,
  });
  return `sha256:${bytesToHex(sha256(utf8ToBytes(normalised)))}`;
}
