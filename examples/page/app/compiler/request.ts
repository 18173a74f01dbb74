import { resolveTarget } from '../../../../compiler/fit/targets.js';
import { UsageError } from '../../../../compiler/errors.js';
import { defineSpec, type Spec } from '../../../../compiler/spec.js';
import type { Choice, ChoiceField } from '../choice.js';
import type { Refusal } from './messages.js';

/** The spec that a visitor asks for. Throws UsageError, in the compiler's words. */
export async function specOf({ basis, m, n, denominator, target }: Choice): Promise<Spec> {
  return defineSpec({ basis, m: degree(m), n: degree(n), denominator, target: await resolveTarget(target) });
}

/** Digits only, as on the command line. */
const degree = (text: string): number => (/^\s*-?\d+(\.\d+)?\s*$/.test(text) ? Number(text) : NaN);

/** How the compiler's complaints begin, and which field each is about. */
const FIELDS: readonly (readonly [RegExp, ChoiceField])[] = [
  [/^--m\b/, 'm'],
  [/^(--n|m and n)\b/, 'n'],
  [/^degree \d+/, 'm'],
  [/^unknown basis/, 'basis'],
  [/^unknown denominator/, 'denominator'],
];

/** What to tell the visitor of an error, and where. */
export function refusalOf(error: unknown): Refusal {
  if (!(error instanceof UsageError)) return { message: error instanceof Error ? error.message : String(error) };
  return { message: error.message, field: FIELDS.find(([start]) => start.test(error.message))?.[1] ?? 'target' };
}
