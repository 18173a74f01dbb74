import { evaluate, type Arithmetic } from '../expr/evaluate.js';
import { topological } from '../expr/node.js';
import { SAFE } from './safe.js';
import type { Output } from './share.js';

/** Float32: the least normal number, and the most that rounding a smaller one takes away. */
const [LEAST_NORMAL, HALF_STEP] = [2 ** -126, 2 ** -150];

/** Above it dy / Q is large enough that its product with x stays normal, up to |x| = 1 and from there on. */
const TINY = 2 ** -10;

/** The most that underflow may take from a sum in all. */
const MOST = 2 ** -100;

/** Against a value that stays away from 0, so small an error is none. */
const NEGLIGIBLE = 2 ** -40;

/** A value in float32: between which numbers it lies, how small it is at least if it is not 0, and what underflow took. */
interface Bound {
  readonly low: number;
  readonly high: number;
  readonly least: number;
  readonly error: number;
}

/**
 * Whether sums for the coefficients keep their digits, down to some 2^-100, where x is tiny. A product such as (dy / Q) x may
 * be below the normal numbers and lose digits there, and come up among the normal ones again when it is multiplied by the
 * rest of a basis value and by F, which can be large. (dx keeps its digits: it has a part that contains no x and no F, which are
 * what can be tiny.)
 */
export function keepsDigitsNearZero(outputs: readonly Output[]): boolean {
  const sums = sumsOf(outputs);
  const inputs = new Map(variablesOf(sums).map((name) => [name, inputOf(name)]));
  const bounds = evaluate(
    sums.map(({ expr }) => expr),
    inputs,
    arithmetic,
  );
  return mostLost(sums, bounds) <= MOST;
}

/**
 * Whether sums keep their digits where dy / Q and F meet, at any |x| up to `radius`. dy / Q is a normal number there
 * (radius.ts), but F is as small as the coefficients make it, and what their product loses grows with all that it is multiplied
 * by. If F comes last, nothing does.
 */
export function keepsDigitsOfF(outputs: readonly Output[], radius: number): boolean {
  const sums = sumsOf(outputs);
  const size = (name: string): number => (name === 'x' ? radius : name === 'dy' ? SAFE.heaviest : SAFE.coefficient);
  const inputs = new Map(
    variablesOf(sums).map((name) => [
      name,
      { size: size(name), error: 0, hasDy: name === 'dy', hasC: name.startsWith('c') },
    ]),
  );
  const found = evaluate(
    sums.map(({ expr }) => expr),
    inputs,
    losses,
  );
  return mostLost(sums, found) <= LEAST_NORMAL;
}

const sumsOf = (outputs: readonly Output[]): readonly Output[] => outputs.filter(({ name }) => name !== 'dx');

const variablesOf = (outputs: readonly Output[]): readonly string[] =>
  topological(outputs.map(({ expr }) => expr)).flatMap((node) => (node.kind === 'variable' ? [node.name] : []));

/** The largest error of all sums, after repairs. */
function mostLost(sums: readonly Output[], found: readonly { readonly error: number }[]): number {
  const errors = new Map(sums.map(({ name }, i) => [name, found[i]!.error]));
  const repaired = ({ name, repair }: Output): number => {
    const own = errors.get(name)! * Math.abs(repair?.own.valueOf() ?? 1);
    if (repair?.other === undefined) return own;
    const other = sums.find((sum) => sum.name === repair.other!.name)!;
    return own + Math.abs(repair.other.times.valueOf()) * repaired(other);
  };
  return Math.max(0, ...sums.map(repaired));
}

const between = (end: number, least: number): Bound => ({ low: -end, high: end, least, error: 0 });

function inputOf(name: string): Bound {
  if (name === 'x') return between(TINY, 0);
  if (name === 'dy') return between(SAFE.heaviest, SAFE.lightest);
  return between(SAFE.coefficient, 0);
}

const sizeOf = ({ low, high }: Bound): number => Math.max(-low, high);

/** What an operation gives: a bound away from 0 says how small it is at least, and makes small errors negligible. */
function bound(low: number, high: number, least: number, error: number): Bound {
  const apart = Math.max(low, -high, 0);
  return { low, high, least: Math.max(least, apart), error: error < NEGLIGIBLE * apart ? 0 : error };
}

/** Divisors are Q, which is at least 1. */
const arithmetic: Arithmetic<Bound> = {
  constant: (value) => bound(value.valueOf(), value.valueOf(), Math.abs(value.valueOf()), 0),
  add: (a, b) => bound(a.low + b.low, a.high + b.high, 0, a.error + b.error),
  sub: (a, b) => arithmetic.add(a, arithmetic.neg(b)),
  mul: (a, b) => {
    const ends = [a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high];
    const least = a.least * b.least;
    const error = a.error * sizeOf(b) + sizeOf(a) * b.error + (least < LEAST_NORMAL ? HALF_STEP : 0);
    return bound(a === b ? Math.max(0, Math.min(...ends)) : Math.min(...ends), Math.max(...ends), least, error);
  },
  div: (a, b) => {
    const largest = sizeOf(b);
    const least = a.least / largest;
    const error = a.error + sizeOf(a) * b.error + (least < LEAST_NORMAL ? HALF_STEP : 0);
    return bound(a.low > 0 ? a.low / largest : a.low, a.high < 0 ? a.high / largest : a.high, least, error);
  },
  max: (a, b) => bound(Math.max(a.low, b.low), Math.max(a.high, b.high), 0, a.error + b.error),
  neg: (a) => ({ ...a, low: -a.high, high: -a.low }),
  abs: (a) => ({ ...a, low: Math.max(a.low, -a.high, 0), high: sizeOf(a) }),
  sgn: () => bound(-1, 1, 1, 0),
};

/** How large a value is at most, what was lost where dy / Q met F, and which of them it contains: F is what contains c. */
interface Loss {
  readonly size: number;
  readonly error: number;
  readonly hasDy: boolean;
  readonly hasC: boolean;
}

const either = (a: Loss, b: Loss): Pick<Loss, 'hasDy' | 'hasC'> => ({
  hasDy: a.hasDy || b.hasDy,
  hasC: a.hasC || b.hasC,
});

const losses: Arithmetic<Loss> = {
  constant: (value) => ({ size: Math.abs(value.valueOf()), error: 0, hasDy: false, hasC: false }),
  add: (a, b) => ({ ...either(a, b), size: a.size + b.size, error: a.error + b.error }),
  sub: (a, b) => losses.add(a, b),
  mul: (a, b) => {
    const meets = (a.hasDy && b.hasC) || (b.hasDy && a.hasC);
    const error = a.error * b.size + a.size * b.error + (meets ? HALF_STEP : 0);
    return { ...either(a, b), size: a.size * b.size, error };
  },
  div: (a, b) => ({ ...either(a, b), size: a.size, error: a.error }),
  max: (a, b) => ({ ...either(a, b), size: Math.max(a.size, b.size), error: a.error + b.error }),
  neg: (a) => a,
  abs: (a) => a,
  sgn: () => ({ size: 1, error: 0, hasDy: false, hasC: false }),
};
