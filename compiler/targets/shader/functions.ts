import { inArray, slotOf } from '../coefficients.js';
import { infix, MUL, UNARY, type Dialect } from '../infix.js';
import { FLOAT32, numberText } from '../number.js';
import { schedule, type Schedule } from '../schedule.js';
import type { Names } from '../../expr/names.js';
import type { Expr } from '../../expr/node.js';
import type { Program } from '../../program.js';
import type { Spec } from '../../spec.js';
import type { Output } from '../../stages/share.js';

const LONGEST = 14;

/** How a shading language writes functions on floats. */
interface Language {
  /** A type of `size` floats. */
  readonly array: (size: number) => string;
  readonly float: string;
  readonly declare: (type: string, name: string) => string;
  readonly field: (type: string, name: string) => string;
  readonly constant: (name: string, value: string) => string;
  readonly sgn: string;
  readonly define: (name: string, parameters: readonly string[], result: string) => string;
  readonly endOfStruct: string;
}

const WGSL: Language = {
  array: (size) => `array<f32, ${size}>`,
  float: 'f32',
  declare: (type, name) => `${name}: ${type}`,
  field: (type, name) => `${name}: ${type},`,
  constant: (name, value) => `let ${name} = ${value};`,
  sgn: 'fn sgn(v: f32) -> f32 { return select(1.0, -1.0, v < 0.0); }',
  define: (name, parameters, result) => `fn ${name}(${parameters.join(', ')}) -> ${result} {`,
  endOfStruct: '}',
};

const GLSL: Language = {
  array: (size) => `float[${size}]`,
  float: 'float',
  declare: (type, name) => `${type} ${name}`,
  field: (type, name) => `${type} ${name};`,
  constant: (name, value) => `float ${name} = ${value};`,
  sgn: 'float sgn(float v) { return v < 0.0 ? -1.0 : 1.0; }',
  define: (name, parameters, result) => `${result} ${name}(${parameters.join(', ')}) {`,
  endOfStruct: '};',
};

const DIALECT: Dialect = {
  constant: (value) => numberText(value, FLOAT32).replace(/^-.*$/, '($&)'),
  abs: (value) => `abs(${value})`,
  sgn: (value) => `sgn(${value})`,
  max: (left, right) => `max(${left}, ${right})`,
};

/**
 * `forward(x, c, d)` and `backward(x, dy, c, d)` for one x, to be pasted into a shader of one's own: float32 throughout,
 * scaled by s = max(1, |x| / 4) so that no power of x overflows. With n = 0 there is no d. The runtime's own shaders are made
 * of the texts in plain.ts and wide.ts instead.
 */
export const wgslFunctions = (spec: Spec, names: Names, program: Program): string =>
  functions(WGSL, spec, names, program);
/** The same for GLSL ES 3.00. */
export const glslFunctions = (spec: Spec, names: Names, program: Program): string =>
  functions(GLSL, spec, names, program);

function functions(language: Language, { m, n }: Spec, names: Names, { forward, backward }: Program): string {
  const { float, array, declare, define, field } = language;
  const c = declare(array(m + 1), 'c');
  const coefficients = n === 0 ? [c] : [c, declare(array(n), 'd')];
  const list = (size: number, prefix: string): string => `${array(size)}(${inOrder(backward, prefix).join(', ')})`;
  const results = ['dx', list(m + 1, 'dc'), ...(n === 0 ? [] : [list(n, 'dd')])];
  return [
    language.sgn,
    '',
    '/* F(x) */',
    define('forward', [declare(float, 'x'), ...coefficients], float),
    ...indented(body(language, names, forward)),
    '  return y;',
    '}',
    '',
    `/* dy times the derivatives of F by x, by each c[i]${n === 0 ? '' : ' and by each d[j - 1]'} */`,
    `struct Gradients {`,
    `  ${field(float, 'dx')}`,
    `  ${field(array(m + 1), 'dc')}`,
    ...(n === 0 ? [] : [`  ${field(array(n), 'dd')}`]),
    language.endOfStruct,
    '',
    define('backward', [declare(float, 'x'), declare(float, 'dy'), ...coefficients], 'Gradients'),
    ...indented(body(language, names, backward)),
    `  return Gradients(${results.join(', ')});`,
    '}',
    '',
  ].join('\n');
}

/** One statement a value, the outputs last. */
function body({ constant }: Language, names: Names, outputs: readonly Output[]): readonly string[] {
  const reserved = ['x', 'dy', 'c', 'd', 'sgn', 'forward', 'backward', ...outputs.map(({ name }) => name)];
  const plan = schedule(names, outputs, { longest: LONGEST, reserved });
  const load = (prefix: 'c' | 'd'): readonly string[] =>
    inArray(plan.parameters, prefix).map((name) => constant(name, `${prefix}[${slotOf(name)}]`));
  return [
    ...load('c'),
    ...load('d'),
    ...[...plan.prelude, ...plan.body].map(({ name, expr }) => constant(name, infix(DIALECT, expr, plan, 0, true))),
    ...outputs.map((output) => constant(output.name, value(output, plan))),
  ];
}

function value({ sign, factor, expr }: Output, plan: Schedule): string {
  const text = (part: Expr, place: number): string => infix(DIALECT, part, plan, place);
  const product = factor === undefined ? text(expr, UNARY) : `(${text(factor, MUL)} * ${text(expr, MUL + 1)})`;
  return sign < 0 ? `-${product}` : factor === undefined ? text(expr, 0) : product;
}

const inOrder = (outputs: readonly Output[], prefix: string): readonly string[] =>
  outputs.map(({ name }) => name).filter((name) => name.startsWith(prefix));

const indented = (lines: readonly string[]): readonly string[] => lines.map((line) => `  ${line}`);
