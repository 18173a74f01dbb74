import type { Family } from './family.js';
import { UsageError } from '../errors.js';
import { parseRational, RATIONAL_FORM } from '../exact/parse.js';
import { rational, type Fraction } from '../exact/rational.js';

export type Domain = readonly [low: Fraction, high: Fraction];

/** Two ends as a person writes them. Throws UsageError. */
export function parseDomain(written: readonly (string | number)[]): Domain {
  const shown = `the domain is "${written.join(',')}"`;
  const use = 'use two numbers a,b with a < b, such as -3,3';
  if (written.length !== 2) throw new UsageError(`${shown}: ${use}`);
  const [low, high] = written.map((text) => {
    const value = parseRational(String(text));
    if (value === undefined) throw new UsageError(`${shown}, but ${JSON.stringify(text)} is not ${RATIONAL_FORM}`);
    return value;
  }) as [Fraction, Fraction];
  if (low.compare(high) >= 0) throw new UsageError(`${shown}, whose first end is not below the second: ${use}`);
  return [low, high];
}

const HOME: Domain = [rational(-1), rational(1)];

/** The family g_k(x) = f_k(u) with the affine u that maps the domain onto the family's home, exactly. */
export function onDomain(family: Family, domain: Domain | undefined): Family {
  if (domain === undefined) return family;
  const [from, to] = family.home ?? HOME;
  const [low, high] = domain;
  const slope = to.sub(from).div(high.sub(low));
  const shift = from.sub(slope.mul(low));
  const weighed = family.orthogonality;
  return {
    ...family,
    write: (k) => inU(family.write(k)),
    formula: inU(family.formula),
    where: [...(family.where ?? []), `u = ${affine(slope, shift)}`],
    ...(weighed && { orthogonality: { ...weighed, weight: inU(weighed.weight) } }),
    home: domain,
    recurrence: (k) => {
      const { a, b, c } = family.recurrence(k);
      return { a: a.mul(slope), b: b.add(a.mul(shift)), c };
    },
  };
}

/** x as a word of its own, or after a number: not in `exp`. */
const inU = (text: string): string => text.replace(/(?<![a-z])x(?![a-z])/gi, 'u');

/** `(2 x - 3) / 5`. */
function affine(slope: Fraction, shift: Fraction): string {
  const below = slope.mul(shift.d).d * shift.d;
  const [up, across] = [slope, shift].map((value) => value.mul(below));
  const rise = up!.equals(1) ? 'x' : up!.equals(-1) ? '-x' : `${up!.toFraction()} x`;
  const sum = shift.n === 0n ? rise : `${rise} ${across!.s < 0n ? '-' : '+'} ${across!.abs().toFraction()}`;
  if (below === 1n) return sum;
  return `${shift.n === 0n ? sum : `(${sum})`} / ${below}`;
}
