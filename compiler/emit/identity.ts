import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { BACKENDS, DEFAULT_INTERVAL, DENOMINATORS, type Denominator, type Spec } from '../spec.js';

/** What an activation with no `--target-function` is fitted to. */
export const DEFAULT_TARGET = 'leaky_relu(0.01)';

const SUFFIX: Readonly<Record<Denominator, string>> = { 'sum-abs': '', 'abs-sum': 'AbsSum', none: 'Unsafe' };

/** `HermitePade5x4`, `HermitePade5x4AbsSum`, `HermitePade5x4Unsafe`. */
export const className = ({ family, m, n, denominator }: Spec): string =>
  `${family.classPrefix}${m}x${n}${SUFFIX[denominator]}`;

/** The functional op's name: the class's with a small first letter. */
export const opName = (spec: Spec): string => {
  const name = className(spec);
  return name.charAt(0).toLowerCase() + name.slice(1);
};

/** `hermite-5-4.ts`, `hermite-5-4-abs-sum.ts`. */
export const fileName = ({ family, m, n, denominator }: Spec): string =>
  `${family.name}-${m}-${n}${denominator === DENOMINATORS[0] ? '' : `-${denominator}`}.ts`;

/** What may differ from the default: the flag, and its value where it does. */
const settings = ({
  denominator,
  target,
  backends,
}: Spec): readonly (readonly [flag: string, value: string | undefined])[] => [
  ['denominator', denominator === DENOMINATORS[0] ? undefined : denominator],
  ['target-function', target.name === DEFAULT_TARGET ? undefined : `"${target.name}"`],
  ['backends', carriesAll(backends) ? undefined : backends.join(',')],
];

const carriesAll = (backends: Spec['backends']): boolean => backends.length === BACKENDS.length;

/** The command that makes the same module again. */
export function command(spec: Spec): string {
  const { family, m, n } = spec;
  const given = settings(spec).flatMap(([flag, value]) =>
    value === undefined ? [] : [value === '' ? `--${flag}` : `--${flag} ${value}`],
  );
  return ['npx opau-gen', `--basis ${family.name}`, `--m ${m}`, `--n ${n}`, ...given].join(' ');
}

/** The hash of everything that the output depends on, beside the compiler's version. */
export function specHash(spec: Spec): string {
  const { family, m, n, denominator, target, interval = DEFAULT_INTERVAL, backends } = spec;
  const normalised = JSON.stringify({
    basis: family.name,
    m,
    n,
    denominator,
    target: target.name,
    interval,
    ...(carriesAll(backends) ? {} : { backends }),
  });
  return `sha256:${bytesToHex(sha256(utf8ToBytes(normalised)))}`;
}
