import {
  isConstantNode,
  isFunctionNode,
  isOperatorNode,
  isParenthesisNode,
  isSymbolNode,
  parse,
  type MathNode,
} from 'mathjs';
import { UsageError } from '../errors.js';
import { unknownName } from '../did-you-mean.js';
import { atan, cos, cosh, erf, exp, log, pow, sin, sinh, tanh } from './elementary.js';
import { findTarget, targetNames, type ParameterValues } from './target-table.js';
import type { Target } from './target.js';

/*
 * mathjs only parses. Its tree is translated node by node into closures of our own, and what is not named here does
 * not pass: the user's text is never evaluated, neither by JavaScript nor by mathjs.
 */

type Evaluator = (x: number) => number;

const MAX_LENGTH = 500; // bounds the depth of the tree, hence of the recursion

const CONSTANTS: ReadonlyMap<string, number> = new Map([
  ['pi', Math.PI],
  ['e', Math.E],
]);

const UNARY: ReadonlyMap<string, (v: number) => number> = new Map([
  ['unaryMinus', (v: number) => -v],
  ['unaryPlus', (v: number) => v],
]);

const BINARY: ReadonlyMap<string, (p: number, q: number) => number> = new Map([
  ['add', (p: number, q: number) => p + q],
  ['subtract', (p: number, q: number) => p - q],
  ['multiply', (p: number, q: number) => p * q],
  ['divide', (p: number, q: number) => p / q],
  ['pow', pow],
]);

/** Name -> how many arguments at least and at most, and the function. Named targets come on top of these. */
const FUNCTIONS: ReadonlyMap<string, { min: number; max: number; apply: (...values: number[]) => number }> = new Map([
  ...Object.entries({
    exp,
    log,
    sqrt: Math.sqrt,
    abs: Math.abs,
    sign: Math.sign,
    sin,
    cos,
    atan,
    sinh,
    cosh,
    tanh,
    erf,
  }).map(([name, apply]) => [name, { min: 1, max: 1, apply: (v: number) => apply(v) }] as const),
  ['min', { min: 1, max: Infinity, apply: Math.min }],
  ['max', { min: 1, max: Infinity, apply: Math.max }],
]);

/** A formula in x as a target; its canonical name is the formula as mathjs prints it. Throws UsageError. */
export function parseFormula(text: string): Target {
  if (text.length > MAX_LENGTH) {
    throw new UsageError(`the target function has ${text.length} characters: use at most ${MAX_LENGTH}`);
  }
  const tree = read(text);
  const evaluate = translate(tree);
  if (tree.filter((node) => isSymbolNode(node) && node.name === 'x').length === 0) {
    throw new UsageError(`the target function ${quote(text)} does not depend on x`);
  }
  const name = tree.toString({ parenthesis: 'keep', implicit: 'show' });
  return Object.freeze({ name, evaluate });
}

function read(text: string): MathNode {
  try {
    return parse(text);
  } catch (error) {
    throw new UsageError(`cannot read the target function ${quote(text)}: ${(error as Error).message}`);
  }
}

function translate(node: MathNode): Evaluator {
  if (isParenthesisNode(node)) return translate(node.content);
  if (isConstantNode(node)) return constant(node.value);
  if (isSymbolNode(node)) return symbol(node.name);
  if (isOperatorNode(node)) return operator(node.op, node.fn, node.args.map(translate));
  if (isFunctionNode(node)) return call(String(node.fn), node.args.map(translate));
  const kind = node.type
    .replace(/Node$/, '')
    .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toLowerCase();
  throw new UsageError(
    `a target function cannot hold ${article(kind)} (${quote(String(node))}): use x, numbers, + - * / ^ and functions`,
  );
}

/** On one line, whatever the user's text holds. */
const quote = (text: string): string => JSON.stringify(text.replace(/\s+/g, ' '));

const article = (noun: string): string => (/^[aeiou]/.test(noun) ? `an ${noun}` : `a ${noun}`);

function constant(value: unknown): Evaluator {
  if (typeof value !== 'number')
    throw new UsageError(`a target function cannot hold ${JSON.stringify(value)}: use numbers`);
  return () => value;
}

function symbol(name: string): Evaluator {
  if (name === 'x') return (x) => x;
  const value = CONSTANTS.get(name);
  if (value === undefined) throw unknownName('name in the target function', name, ['x', ...CONSTANTS.keys()]);
  return () => value;
}

function operator(sign: string, name: string, args: readonly Evaluator[]): Evaluator {
  const [left, right] = args;
  const unary = UNARY.get(name);
  if (unary !== undefined && left !== undefined && right === undefined) return (x) => unary(left(x));
  const binary = BINARY.get(name);
  if (binary !== undefined && left !== undefined && right !== undefined) return (x) => binary(left(x), right(x));
  throw unknownName('operator in the target function', sign, ['+', '-', '*', '/', '^']);
}

function call(name: string, args: readonly Evaluator[]): Evaluator {
  const target = FUNCTIONS.has(name) ? undefined : findTarget(name);
  const most = 1 + (target?.parameters?.length ?? 0);
  const entry = target === undefined ? FUNCTIONS.get(name) : { min: 1, max: most, apply: withDefaults(target) };
  if (entry === undefined)
    throw unknownName('function in the target function', name, [...FUNCTIONS.keys(), ...targetNames]);
  const { min, max, apply } = entry;
  if (args.length < min || args.length > max) {
    const wanted = min === max ? `${min}` : max === Infinity ? `${min} or more` : `${min} to ${max}`;
    throw new UsageError(`${name} in the target function has ${args.length} arguments: give it ${wanted}`);
  }
  return (x) => apply(...args.map((argument) => argument(x)));
}

const withDefaults =
  ({ parameters = [], evaluate }: NonNullable<ReturnType<typeof findTarget>>) =>
  (x: number, ...values: number[]): number =>
    evaluate(x, ...(parameters.map((row, k) => values[k] ?? row.default) as ParameterValues));
