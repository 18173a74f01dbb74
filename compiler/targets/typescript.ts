import { inArray, slotOf } from './coefficients.js';
import { infix, MUL, UNARY, type Dialect } from './infix.js';
import { FLOAT32, FLOAT64, numberText, shortest } from './number.js';
import { schedule, type Schedule, type Statement } from './schedule.js';
import { wrapList } from './wrap.js';
import type { Program } from '../program.js';
import type { Names } from '../expr/names.js';
import type { Expr } from '../expr/node.js';
import type { Output } from '../stages/share.js';

/** Names in the kernels' signatures and of their loop; templates/activation.ts declares them. */
const RESERVED = ['LARGEST', 'xs', 'dys', 'ys', 'dxs', 'c', 'd', 'dc', 'dd', 'k', 'x', 'dy'];

/** An infinite x counts as the largest finite one: inf / inf would be NaN. NaN stays. */
const LOAD_X = 'const x = Math.min(Math.max(xs[k]!, -LARGEST), LARGEST);';

/** The body of `forward(xs, c, d, ys)`: unrolled arithmetic in doubles on typed arrays. */
export function forwardBody(names: Names, outputs: readonly Output[]): string {
  const plan = schedule(names, outputs, { longest: 14, reserved: RESERVED });
  const y = outputs[0]!;
  return [...prelude(plan), ...loop([LOAD_X, ...declarations(plan.body, plan), `ys[k] = ${signed(y, plan)};`])].join(
    '\n',
  );
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
      LOAD_X,
      'const dy = dys[k]!;',
      ...declarations(plan.body, plan),
      `dxs[k] = ${signed(dx, plan)};`,
      ...sums.map((sum) => `${sum.name} += ${print(sum.expr, plan)};`),
    ]),
    ...sums.map((sum) => `${sum.name.slice(0, 2)}[${slotOf(sum.name)}] = ${total(sum, plan)};`),
  ].join('\n');
}

/** Both kernels as exported functions, for code without tfjs; they have the signatures of templates/activation.ts. */
export const typescriptFunctions = (names: Names, { forward, backward }: Program): string =>
  [
    '/** The largest float32: an infinite x counts as this, and NaN stays. */',
    `const LARGEST = ${shortest(FLOAT32.max, FLOAT64)};`,
    '',
    '/** ys[k] = F(xs[k]), in doubles. */',
    'export function forward(xs: Float32Array, c: Float32Array, d: Float32Array, ys: Float32Array): void {',
    ...indented(forwardBody(names, forward)),
    '}',
    '',
    '/** dxs[k] = dys[k] dF/dx(xs[k]); dc and dd become the sums over k of dys[k] dF/dc_i and dys[k] dF/dd_j. */',
    'export function backward(',
    ...['xs', 'dys', 'c', 'd', 'dxs', 'dc', 'dd'].map((name) => `  ${name}: Float32Array,`),
    '): void {',
    ...indented(backwardBody(names, backward)),
    '}',
    '',
  ].join('\n');

const indented = (text: string): readonly string[] => text.split('\n').map((line) => `  ${line}`);

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

const parenthesised = (text: string, inside: boolean): string => (inside ? `(${text})` : text);

const JAVASCRIPT: Dialect = {
  constant: (value) => numberText(value, FLOAT64).replace(/\.0$/, '').replace(/^-.*$/, '($&)'),
  abs: (value) => `Math.abs(${value})`,
  sgn: (value, inside) => parenthesised(`${value} < 0 ? -1 : 1`, inside),
  // Engines do not turn a factor of 1 or -1 into a change of sign.
  flip: (factor, value, inside) => parenthesised(`${value} < 0 ? -${factor} : ${factor}`, inside),
  max: (left, right) => `Math.max(${left}, ${right})`,
};

const print = (expr: Expr, plan: Schedule, place = 0, define = false): string =>
  infix(JAVASCRIPT, expr, plan, place, define);
