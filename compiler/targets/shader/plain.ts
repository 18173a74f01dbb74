import { loads, named } from './loads.js';
import { infix, MUL, UNARY, type Dialect } from '../infix.js';
import { FLOAT32, numberText } from '../number.js';
import { schedule, type Schedule, type Statement } from '../schedule.js';
import type { Names } from '../../expr/names.js';
import { topological, type Expr } from '../../expr/node.js';
import type { Output } from '../../stages/share.js';

const LONGEST = 14;

/** `real` is a float, or a vector of them: one text serves both. */
const DIALECT: Dialect = {
  constant: (value) => numberText(value, FLOAT32).replace(/^-.*$/, '($&)'),
  abs: (value) => `abs(${value})`,
  sgn: (value) => `sgn(${value})`,
  max: (left, right) => `max(real(${left}), real(${right}))`,
};

/** `y = F(x)` in float32. */
export function plainForward(names: Names, outputs: readonly Output[]): string {
  const plan = schedule(names, outputs, { longest: LONGEST, reserved: named(outputs) });
  return [...prelude(plan), ...plan.body.map((s) => declare(s, plan)), `y = ${signed(outputs[0]!, plan)};`].join('\n');
}

/** `dx = ...`, and each parameter's gradient added to the variable of its name, without what its sum has in common. */
export function plainBackward(names: Names, outputs: readonly Output[]): string {
  const plan = schedule(names, outputs, { longest: LONGEST, reserved: named(outputs) });
  return [
    ...prelude(plan),
    ...plan.body.map((s) => declare(s, plan)),
    ...outputs.map((output) =>
      output.name === 'dx' ? `dx = ${signed(output, plan)};` : `${output.name} += ${print(output.expr, plan)};`,
    ),
  ].join('\n');
}

/** Multiplies each sum by what all its terms have in common: its sign, and factors that depend on coefficients only. */
export function finishSums(outputs: readonly Output[]): string {
  const sums = outputs.filter(({ name, sign, factor }) => name !== 'dx' && (sign < 0 || factor !== undefined));
  const factors = topological(sums.flatMap(({ factor }) => (factor === undefined ? [] : [factor])));
  const used = new Set(factors.flatMap((node) => (node.kind === 'variable' ? [node.name] : [])));
  const text = (factor: Expr): string => infix(DIALECT, factor, { nameOf: () => undefined }, MUL);
  return [
    ...loads(used, 'real'),
    ...sums.map(({ name, sign, factor }) => {
      const product = factor === undefined ? name : `${text(factor)} * ${name}`;
      return `${name} = ${sign < 0 ? `-(${product})` : product};`;
    }),
  ].join('\n');
}

const prelude = (plan: Schedule): readonly string[] => [
  ...loads(plan.parameters, 'real'),
  ...plan.prelude.map((statement) => declare(statement, plan)),
];

const declare = ({ name, expr }: Statement, plan: Schedule): string => `let ${name} = ${print(expr, plan, 0, true)};`;

const signed = (output: Output, plan: Schedule): string =>
  output.sign < 0 ? `-${print(output.expr, plan, UNARY)}` : print(output.expr, plan);

const print = (expr: Expr, plan: Schedule, place = 0, define = false): string =>
  infix(DIALECT, expr, plan, place, define);
