import { loads, named } from './loads.js';
import { FLOAT32, numberText } from '../number.js';
import { schedule, type Schedule } from '../schedule.js';
import type { Names } from '../../expr/names.js';
import type { BinaryKind, Expr, UnaryKind } from '../../expr/node.js';
import type { Output } from '../../stages/share.js';

/**
 * Wide numbers are a float32 between 1 and 2 with an exponent of its own, so that nothing overflows or underflows: for
 * the few inputs that plain float32 is not safe for, on devices that have no doubles.
 */
const FUNCTIONS: Readonly<Record<UnaryKind | BinaryKind, string>> = {
  neg: 'wide_neg',
  abs: 'wide_abs',
  sgn: 'wide_sgn',
  add: 'wide_add',
  sub: 'wide_sub',
  mul: 'wide_mul',
  div: 'wide_div',
  max: 'wide_max',
};

const LONGEST = 4;

/** `y = F(x)` in wide numbers; y is one of them. */
export function wideForward(names: Names, outputs: readonly Output[]): string {
  const plan = schedule(names, outputs, { longest: LONGEST, reserved: named(outputs) });
  return [...statements(plan), `y = ${signed(outputs[0]!, plan)};`].join('\n');
}

/** The same as plainBackward: dx is a wide number, the terms of sums are rounded to float32 first. */
export function wideBackward(names: Names, outputs: readonly Output[]): string {
  const plan = schedule(names, outputs, { longest: LONGEST, reserved: named(outputs) });
  return [
    ...statements(plan),
    ...outputs.map((output) =>
      output.name === 'dx' ? `dx = ${signed(output, plan)};` : `${output.name} += term(${print(output.expr, plan)});`,
    ),
  ].join('\n');
}

const statements = (plan: Schedule): readonly string[] => [
  ...loads(plan.parameters, 'wide'),
  ...[...plan.prelude, ...plan.body].map(({ name, expr }) => `let ${name} = ${print(expr, plan, true)};`),
];

const signed = (output: Output, plan: Schedule): string => {
  const text = print(output.expr, plan);
  return output.sign < 0 ? `${FUNCTIONS.neg}(${text})` : text;
};

function print(expr: Expr, plan: Schedule, define = false): string {
  const name = define ? undefined : plan.nameOf(expr);
  if (name !== undefined) return name;
  switch (expr.kind) {
    case 'constant':
      return `wide(${numberText(expr.value, FLOAT32)})`;
    case 'variable':
      return expr.name;
    case 'neg':
    case 'abs':
    case 'sgn':
      return `${FUNCTIONS[expr.kind]}(${print(expr.operand, plan)})`;
    case 'add':
    case 'sub':
    case 'mul':
    case 'div':
    case 'max':
      return `${FUNCTIONS[expr.kind]}(${print(expr.left, plan)}, ${print(expr.right, plan)})`;
    case 'basis':
    case 'series':
      throw new RangeError(`${expr.kind} nodes must be lowered before they are printed`);
    default:
      return expr satisfies never;
  }
}
