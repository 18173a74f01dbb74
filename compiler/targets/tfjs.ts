import { inArray, slotOf } from './coefficients.js';
import { FLOAT32, numberText } from './number.js';
import { schedule, type Schedule, type Statement } from './schedule.js';
import { wrapList } from './wrap.js';
import type { Names } from '../expr/names.js';
import type { BinaryKind, Expr, UnaryKind } from '../expr/node.js';
import type { Output } from '../stages/share.js';

/** Where the functions come from that the printed code calls. abs and sgn hold the project's policy at kinks. */
const CORE: Readonly<Record<BinaryKind | 'neg', string>> = {
  add: 'add',
  sub: 'sub',
  mul: 'mul',
  div: 'div',
  max: 'maximum',
  neg: 'neg',
};
const RUNTIME: Readonly<Record<Exclude<UnaryKind, 'neg'>, string>> = { abs: 'abs', sgn: 'sgn' };

export const CORE_FUNCTIONS = [...Object.values(CORE), 'zerosLike'];
export const RUNTIME_FUNCTIONS = [...Object.values(RUNTIME), 'columns', 'fromColumns', 'total'];

const RESERVED = ['x', 'dy', 'c', 'd', 'dx', 'dc', 'dd', ...CORE_FUNCTIONS, ...RUNTIME_FUNCTIONS];
const LONGEST = 7;

/** The body of `composedForward(x, c, d)`: F composed of functional tf ops. */
export function composedForwardBody(names: Names, outputs: readonly Output[]): string {
  const plan = schedule(names, outputs, { longest: LONGEST, reserved: RESERVED });
  const y = outputs[0]!;
  return [...prelude(plan), `return ${signed(y, print(y.expr, plan))};`].join('\n');
}

/** The body of `composedBackward(x, dy, c, d)`: all gradients, composed of differentiable tf ops. */
export function composedBackwardBody(names: Names, outputs: readonly Output[]): string {
  const plan = schedule(names, outputs, { longest: LONGEST, reserved: RESERVED });
  const dx = outputs.find((output) => output.name === 'dx')!;
  const sums = (prefix: string): string[] => {
    const entries = outputs.filter((output) => output.name.startsWith(prefix)).map((output) => total(output, plan));
    if (entries.length === 0) return [`const ${prefix} = zerosLike(${prefix.charAt(1)});`];
    return [`const ${prefix} = fromColumns([`, ...entries.map((entry) => `  ${entry},`), ']);'];
  };
  return [
    ...prelude(plan),
    `const dx = ${signed(dx, print(dx.expr, plan))};`,
    ...sums('dc'),
    ...sums('dd'),
    'return { dx, dc, dd };',
  ].join('\n');
}

const signed = (output: Output, text: string): string => (output.sign < 0 ? `neg(${text})` : text);

function total(output: Output, plan: Schedule): string {
  const sum = signed(output, `total(${print(output.expr, plan)})`);
  return output.factor === undefined ? sum : `mul(${print(output.factor, plan)}, ${sum})`;
}

function prelude(plan: Schedule): string[] {
  const load = (array: 'c' | 'd'): string[] => {
    const items = inArray(plan.parameters, array).map((name) => `${name} = ${array}s[${slotOf(name)}]!`);
    return items.length === 0 ? [] : [`const ${array}s = columns(${array});`, ...wrapList('const ', items, ';')];
  };
  const declare = ({ name, expr }: Statement): string => `const ${name} = ${print(expr, plan, true)};`;
  return [...load('c'), ...load('d'), ...plan.prelude.map(declare), ...plan.body.map(declare)];
}

function print(expr: Expr, plan: Schedule, define = false): string {
  const name = define ? undefined : plan.nameOf(expr);
  if (name !== undefined) return name;
  switch (expr.kind) {
    case 'constant':
      return numberText(expr.value, FLOAT32).replace(/\.0$/, '');
    case 'variable':
      return expr.name;
    case 'abs':
    case 'sgn':
      return `${RUNTIME[expr.kind]}(${print(expr.operand, plan)})`;
    case 'neg':
      return `${CORE.neg}(${print(expr.operand, plan)})`;
    case 'add':
    case 'sub':
    case 'mul':
    case 'div':
    case 'max':
      return `${CORE[expr.kind]}(${print(expr.left, plan)}, ${print(expr.right, plan)})`;
    case 'basis':
    case 'series':
      throw new RangeError(`${expr.kind} nodes must be lowered before they are printed`);
    default:
      return expr satisfies never;
  }
}
