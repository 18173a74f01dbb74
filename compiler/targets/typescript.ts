import { inArray, slotOf } from './coefficients.js';
import { FLOAT64, numberText } from './number.js';
import { schedule, type Schedule, type Statement } from './schedule.js';
import { wrapList } from './wrap.js';
import type { Names } from '../expr/names.js';
import type { Expr } from '../expr/node.js';
import type { Output } from '../stages/share.js';

/** Names in the kernels' signatures and of their loop; templates/activation.ts declares them. */
const RESERVED = ['xs', 'dys', 'ys', 'dxs', 'c', 'd', 'dc', 'dd', 'k', 'x', 'dy'];

/** The body of `forward(xs, c, d, ys)`: unrolled arithmetic in doubles on typed arrays. */
export function forwardBody(names: Names, outputs: readonly Output[]): string {
  const plan = schedule(names, outputs, { longest: 14, reserved: RESERVED });
  const y = outputs[0]!;
  return [
    ...prelude(plan),
    ...loop(['const x = xs[k]!;', ...declarations(plan.body, plan), `ys[k] = ${signed(y, plan)};`]),
  ].join('\n');
}

/** The body of `backward(xs, dys, c, d, dxs, dc, dd)`: dx an element, and sums over all elements for dc and dd. */
export function backwardBody(names: Names, outputs: readonly Output[]): string {
  const sums = outputs.filter((output) => output.name !== 'dx');
  const reserved = [...RESERVED, ...sums.map((output) => output.name)];
  const plan = schedule(names, outputs, { longest: 14, reserved });
  const dx = outputs.find((output) => output.name === 'dx')!;
  return [
    ...prelude(plan),
    ...wrapList(
      'let ',
      sums.map((output) => `${output.name} = 0`),
      ';',
    ),
    ...loop([
      'const x = xs[k]!;',
      'const dy = dys[k]!;',
      ...declarations(plan.body, plan),
      `dxs[k] = ${signed(dx, plan)};`,
      ...sums.map((sum) => `${sum.name} += ${print(sum.expr, plan)};`),
    ]),
    ...sums.map((sum) => `${sum.name.slice(0, 2)}[${slotOf(sum.name)}] = ${total(sum, plan)};`),
  ].join('\n');
}

const total = (sum: Output, plan: Schedule): string =>
  `${sum.sign < 0 ? '-' : ''}${sum.factor === undefined ? '' : `${print(sum.factor, plan, MUL)} * `}${sum.name}`;

function prelude(plan: Schedule): string[] {
  const load = (array: 'c' | 'd'): string[] =>
    inArray(plan.parameters, array).map((name) => `${name} = ${array}[${slotOf(name)}]!`);
  return [
    ...wrapList('const ', load('c'), ';'),
    ...wrapList('const ', load('d'), ';'),
    ...declarations(plan.prelude, plan),
  ];
}

const declarations = (statements: readonly Statement[], plan: Schedule): string[] =>
  statements.map(({ name, expr }) => `const ${name} = ${print(expr, plan, 0, true)};`);

const loop = (lines: readonly string[]): string[] => [
  'for (let k = 0; k < xs.length; k++) {',
  ...lines.map((line) => `  ${line}`),
  '}',
];

const signed = (output: Output, plan: Schedule): string =>
  output.sign < 0 ? `-${print(output.expr, plan, UNARY)}` : print(output.expr, plan);

/** Binding strengths: an operand weaker than its place gets parentheses. */
const [ADD, MUL, UNARY] = [1, 2, 3];

function print(expr: Expr, plan: Schedule, place = 0, define = false): string {
  const name = define ? undefined : plan.nameOf(expr);
  if (name !== undefined) return name;
  const infix = (sign: string, strength: number, left: Expr, right: Expr): string => {
    const text = `${print(left, plan, strength)} ${sign} ${print(right, plan, strength + 1)}`;
    return strength < place ? `(${text})` : text;
  };
  switch (expr.kind) {
    case 'constant':
      return numberText(expr.value, FLOAT64).replace(/\.0$/, '').replace(/^-.*$/, '($&)');
    case 'variable':
      return expr.name;
    case 'neg':
      return place >= UNARY ? `(-${print(expr.operand, plan, UNARY)})` : `-${print(expr.operand, plan, UNARY)}`;
    case 'abs':
      return `Math.abs(${print(expr.operand, plan)})`;
    case 'sgn': {
      const text = `${print(expr.operand, plan, UNARY)} < 0 ? -1 : 1`;
      return place > 0 ? `(${text})` : text;
    }
    case 'add':
      return infix('+', ADD, expr.left, expr.right);
    case 'sub':
      return infix('-', ADD, expr.left, expr.right);
    case 'mul':
      return infix('*', MUL, expr.left, expr.right);
    case 'div':
      return infix('/', MUL, expr.left, expr.right);
    case 'max':
      return `Math.max(${print(expr.left, plan)}, ${print(expr.right, plan)})`;
    case 'basis':
    case 'series':
      throw new RangeError(`${expr.kind} nodes must be lowered before they are printed`);
    default:
      return expr satisfies never;
  }
}
