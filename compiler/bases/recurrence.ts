import { checkFamily } from './check.js';
import { parseExpression } from './expression.js';
import type { Family, RecurrenceStep } from './family.js';
import { UsageError } from '../errors.js';

/** A user's own family: exact rational expressions in k, such as `(2*k+1)/(k+1)`, as text or as a number. */
export interface RecurrenceRequest {
  /** The `--basis` name: lower-case words joined by -. */
  readonly name: string;
  /** What a person calls it; the name if left out. */
  readonly title?: string;
  readonly a: string | number;
  /** 0 if left out. */
  readonly b?: string | number;
  /** 0 if left out. Its value at k = 0 is not used, since f_{-1} = 0, but it must have one. */
  readonly c?: string | number;
}

/**
 * The family f_0 = 1, f_{k+1} = (a x + b) f_k - c f_{k-1}. Every k from 0 to MAX_DEGREE is looked at: throws UsageError,
 * one line that names the k, for a division by zero, an a that is 0, and a value that is not rational.
 */
export function recurrenceFamily(request: RecurrenceRequest): Family {
  const { name, title = name } = request;
  const text = { a: textOf(request, 'a'), b: textOf(request, 'b'), c: textOf(request, 'c') };
  const [a, b, c] = (['a', 'b', 'c'] as const).map((part) => parseExpression(text[part], `${part} of basis ${name}`));
  const steps: RecurrenceStep[] = [];
  const family: Family = {
    name,
    title,
    write: (k) => `f_${k}(x)`,
    formula: 'f_0 = 1, f_{k+1} = (a x + b) f_k - c f_{k-1}',
    where: [`a = ${text.a}`, `b = ${text.b}`, `c = ${text.c}`],
    classPrefix: `${String(name).replace(/(?:^|-)(.)/g, (_, letter: string) => letter.toUpperCase())}Pade`,
    recurrenceText: text,
    recurrence: (k) => (steps[k] ??= { a: a!(k), b: b!(k), c: c!(k) }),
  };
  return Object.freeze(checkFamily(family));
}

/** On one line: it stands in comments. */
function textOf({ name, ...request }: RecurrenceRequest, part: keyof RecurrenceStep): string {
  const value: unknown = request[part] ?? (part === 'a' ? undefined : '0');
  if (typeof value === 'string' || typeof value === 'number') return String(value).replace(/\s+/g, ' ').trim();
  const found = value === undefined ? 'is missing' : `is ${JSON.stringify(value)}`;
  throw new UsageError(`${part} of basis ${name} ${found}: give it an expression in k, such as "(2*k+1)/(k+1)"`);
}
