import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { DEFAULT_INTERVAL, DENOMINATORS, NORMS, TAILS, type Denominator, type Spec } from '../spec.js';

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

type Setting = readonly [flag: string, value: string | undefined];

/** What may differ from the default: the flag, and its value where it does ('' for a switch). */
const settings = ({ denominator, target, interval, norm, tail, zeroCentre, initial }: Spec): readonly Setting[] => [
  ['denominator', unless(denominator, DENOMINATORS[0])],
  ['target-function', target.name === DEFAULT_TARGET ? undefined : `"${target.name}"`],
  ['interval', unless(interval.join(), DEFAULT_INTERVAL.join())],
  ['norm', unless(norm, NORMS[0])],
  ['tail', unless(tail, TAILS[0])],
  ['zero-centre', zeroCentre ? '' : undefined],
  ['initial', initial === undefined ? undefined : `"${initial.source}"`],
];

const unless = (value: string, standard: string): string | undefined => (value === standard ? undefined : value);

/** The command that makes the same module again. */
export function command(spec: Spec): string {
  const { family, m, n } = spec;
  const given = settings(spec).flatMap(([flag, value]) =>
    value === undefined ? [] : [value === '' ? `--${flag}` : `--${flag} ${value}`],
  );
  return ['npx opau-gen', `--basis ${family.name}`, `--m ${m}`, `--n ${n}`, ...given].join(' ');
}

/**
 * The hash of everything that the output depends on, beside the compiler's version. Options at their defaults are left
 * out, so that a new option changes no hash.
 */
export function specHash(spec: Spec): string {
  const { family, m, n, denominator, target, interval, initial } = spec;
  const normalised = JSON.stringify({
    ...{ basis: family.name, m, n, denominator, target: target.name, interval },
    ...(spec.norm === NORMS[0] ? {} : { norm: spec.norm }),
    ...(spec.tail === TAILS[0] ? {} : { tail: spec.tail }),
    ...(spec.zeroCentre ? { zeroCentre: true } : {}),
    ...(initial === undefined ? {} : { initial: { source: initial.source, c: initial.c, d: initial.d } }),
  });
  return `sha256:${bytesToHex(sha256(utf8ToBytes(normalised)))}`;
}
