import { UsageError } from '../errors.js';
import { unknownName } from '../did-you-mean.js';
import type { Target } from './target.js';
import { findTarget, targetNames, type NamedTarget, type ParameterValues } from './target-table.js';

export type { Target } from './target.js';
export { targetNames } from './target-table.js';

/** `relu`, or `leaky_relu(0.2)`: a name, and in parentheses what does not hold a further parenthesis. */
const CALL = /^([a-z][a-z0-9_-]*)\s*(?:\(([^()]*)\))?$/i;
const OPERATOR_OR_X = /[-+*/^]|(?<![a-z_][a-z0-9_]*)x(?![a-z0-9_])/i; // `2x` holds x, `relux` and `exp` do not

/** A target by its name, with or without parameters. Throws UsageError. */
export function parseTarget(text: string): Target {
  const [, name, argument] = CALL.exec(text.trim()) ?? [];
  const row = name === undefined ? undefined : findTarget(name);
  if (row === undefined) throw unknownName('target function', name ?? text, targetNames);
  return named(row, argument);
}

/**
 * A target by its name, or else by a formula in x such as `x * sigmoid(x)`, which must be finite on `interval`.
 * Asynchronous because mathjs, which parses formulas, takes 2 s to load and names do not need it. Throws UsageError.
 */
export async function resolveTarget(text: string, interval: readonly [number, number] = [-3, 3]): Promise<Target> {
  const [, name, argument] = CALL.exec(text.trim()) ?? [];
  const isName = name !== undefined && findTarget(name) !== undefined && !OPERATOR_OR_X.test(withoutSign(argument));
  if (isName || !OPERATOR_OR_X.test(text)) return parseTarget(text);
  const { parseFormula } = await import('./formula.js');
  const target = parseFormula(text);
  checkFinite(target, interval);
  return target;
}

/** Throws UsageError where the target is not a finite real number at one of the points on which a fit is judged. */
export function checkFinite(target: Target, [low, high]: readonly [number, number], points = 3001): void {
  for (let i = 0; i < points; i++) {
    const x = low + ((high - low) * i) / (points - 1);
    const y = target.evaluate(x);
    if (Number.isFinite(y)) continue;
    const what = Number.isNaN(y) ? 'not a real number' : 'not finite';
    throw new UsageError(
      `the target function ${target.name} is ${what} at x = ${x}: use one that is finite on all of [${low}, ${high}]`,
    );
  }
}

function named({ name, parameters = [], evaluate }: NamedTarget, argument: string | undefined): Target {
  const example = parameters.length === 0 ? name : `${name}(${parameters.map((row) => row.default).join(', ')})`;
  const given = argument === undefined ? [] : argument.split(',');
  if (given.length > 0 && parameters.length === 0) {
    throw new UsageError(`the target function ${name} takes no parameter, but "${argument}" is given: use ${name}`);
  }
  if (given.length > parameters.length) {
    const names = parameters.map((row) => row.name).join(', ');
    throw new UsageError(
      `the target function ${name} has ${given.length} parameters: give it at most ${parameters.length} (${names}), as in ${example}`,
    );
  }
  const values = parameters.map((row, k) => {
    const text = given[k];
    const value = text === undefined ? row.default : number(text);
    if (Number.isFinite(value)) return value;
    const wanted = parameters.length === 1 ? 'one finite number' : 'a finite number';
    throw new UsageError(`the ${row.name} of ${name} is "${text}": use ${wanted}, such as ${example}`);
  });
  return Object.freeze({
    name: values.length === 0 ? name : `${name}(${values.join(', ')})`,
    evaluate: (x: number) => evaluate(x, ...(values as ParameterValues)),
  });
}

const number = (text: string): number => (text.trim() === '' ? NaN : Number(text));

/** The arguments of a name may be `-0.1` or `1e-3`: those signs are no operators. */
const withoutSign = (argument = ''): string =>
  argument.replace(/(^|,)\s*[-+]/g, '$1').replace(/(\d\.?)e[-+](?=\d)/gi, '$1e');
