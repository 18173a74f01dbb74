import { familyNamed } from '../../../../compiler/bases/index.js';
import type { BasisRequest } from '../../../../compiler/bases/resolve.js';
import { UsageError } from '../../../../compiler/errors.js';
import { parseInterval } from '../../../../compiler/fit/interval.js';
import { resolveTarget } from '../../../../compiler/fit/targets.js';
import { defineSpec, type Spec } from '../../../../compiler/spec.js';
import { OFF, ON, type Choice, type ChoiceField } from '../choice.js';
import type { Refusal } from './messages.js';

/** The spec that a visitor asks for. Throws UsageError, in the compiler's words. */
export async function specOf(choice: Choice): Promise<Spec> {
  const { m, n, denominator, norm, tail } = choice;
  const interval = parseInterval(choice.interval);
  const target = await resolveTarget(choice.target, interval);
  const zeroCentre = isOn('zeroCentre', choice.zeroCentre);
  const shape = { ...basisRequest(choice), m: degree(m), n: degree(n), denominator };
  return defineSpec({ ...shape, target, interval, norm, tail, zeroCentre });
}

/** The basis that a visitor asks for, on its domain and normalised. Throws UsageError. */
export const basisRequest = ({ basis, domain, normalise }: Choice): BasisRequest => ({
  basis,
  domain: domain.trim() === '' ? undefined : domain.split(','),
  normalise: isOn('normalise', normalise),
});

/** Addresses may hold anything. */
function isOn(name: 'normalise' | 'zeroCentre', text: string): boolean {
  if (text === ON || text === OFF) return text === ON;
  throw new UsageError(`${name} is "${text}": use ${ON} or ${OFF}`);
}

/** Digits only, as on the command line. */
const degree = (text: string): number => (/^\s*-?\d+(\.\d+)?\s*$/.test(text) ? Number(text) : NaN);

/** How the compiler's complaints read, and which field each is about. */
const FIELDS: readonly (readonly [RegExp, ChoiceField])[] = [
  [/^--m\b/, 'm'],
  [/^(--n|m and n)\b/, 'n'],
  [/^degree \d+/, 'm'],
  [/^unknown denominator/, 'denominator'],
  [/^the domain/, 'domain'],
  [/^normalise|cannot be normalised/, 'normalise'],
  [/^(--interval|the interval)/, 'interval'],
  [/^unknown norm/, 'norm'],
  [/^unknown tail/, 'tail'],
  [/^(--zero-centre|zeroCentre)/, 'zeroCentre'],
];

/** What to tell the visitor of an error, and where. */
export function refusalOf(error: unknown, { basis }: Choice): Refusal {
  if (!(error instanceof UsageError)) return { message: error instanceof Error ? error.message : String(error) };
  const named = FIELDS.find(([words]) => words.test(error.message))?.[1];
  return { message: error.message, field: named ?? (isBasis(basis) ? 'target' : 'basis') };
}

function isBasis(text: string): boolean {
  try {
    familyNamed(text);
    return true;
  } catch (error) {
    if (error instanceof UsageError) return false;
    throw error;
  }
}
