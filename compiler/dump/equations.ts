import type { Equation, Section } from './section.js';
import type { Activation } from '../activation.js';
import type { Polynomial } from '../exact/polynomial.js';
import { isNegative, isZero, type Fraction } from '../exact/rational.js';
import type { Names } from '../expr/names.js';
import type { Expr } from '../expr/node.js';
import type { Output } from '../stages/share.js';
import { written, type Notation } from '../targets/notation.js';
import { schedule } from '../targets/schedule.js';

/** f_k in powers of x, and f'_k in the basis: exact. */
export function expandEquations({ expansion, spec }: Activation, notation: Notation): readonly Section[] {
  const { polynomials, derivatives } = expansion;
  const basis = (k: number, order: 0 | 1): string => (k === 0 && order === 0 ? '' : notation.basis(k, order));
  const power = (k: number): string => (k < 2 ? ['', 'x'][k]! : notation.power('x', k));
  return [
    {
      title: `the basis, ${spec.family.name}`,
      equations: polynomials.map((p, k): Equation => [notation.basis(k, 0), combination(notation, p, power)]),
    },
    {
      title: 'its derivatives in the basis',
      equations: derivatives.map((row, k): Equation => [
        notation.basis(k, 1),
        combination(notation, row, (l) => basis(l, 0)),
      ]),
    },
  ];
}

/** sum_k weights[k] of(k), highest first; `of` is empty for 1. */
function combination(notation: Notation, weights: Polynomial, of: (k: number) => string): string {
  const terms = weights.map((weight, k) => ({ weight, symbol: of(k) })).filter(({ weight }) => !isZero(weight));
  const term = (weight: Fraction, symbol: string): string =>
    symbol === ''
      ? notation.constant(weight)
      : weight.equals(1)
        ? symbol
        : notation.product(notation.constant(weight), symbol);
  const text = terms
    .reverse()
    .map(({ weight, symbol }, i) => {
      const sign = isNegative(weight) ? (i === 0 ? '-' : ' - ') : i === 0 ? '' : ' + ';
      return sign + term(weight.abs(), symbol);
    })
    .join('');
  return text === '' ? '0' : text;
}

/** What stands for the value, on the left, in text and in LaTeX. */
const VALUE = 'F(x)';

/** P, Q and F over the basis. */
export function formEquations({ form: { y }, names }: Activation, notation: Notation): readonly Section[] {
  const outputs = [{ left: VALUE, expr: y }];
  return [{ title: 'F over the basis', equations: named(names, notation, outputs) }];
}

/** F's derivatives by every input. */
export function gradientEquations({ form, gradients, names }: Activation, notation: Notation): readonly Section[] {
  const outputs = [
    { left: notation.partial('x'), expr: gradients.x },
    ...form.c.map((c, i) => ({ left: notation.partial(c.name), expr: gradients.c[i]! })),
    ...form.d.map((d, j) => ({ left: notation.partial(d.name), expr: gradients.d[j]! })),
  ];
  return [{ title: 'the gradients of F; dp and dq are by x', equations: named(names, notation, outputs) }];
}

/** Every value scaled by a power of s, so that it stays in range at every x. */
export function scaledEquations({ scaled, form, names }: Activation, notation: Notation): readonly Section[] {
  const inputs = [form.x, ...form.c, ...form.d];
  const lefts = [VALUE, ...inputs.map(({ name }) => notation.name(`d${name}`))];
  const outputs = scaled.map(({ expr, degree }, i) => ({ left: lefts[i]!, expr, degree }));
  return [
    {
      title: 'stabilised: h_k = f_k / s^k; the gradients are weighted by dy, which comes in from above',
      equations: named(names, notation, outputs),
    },
  ];
}

/** The programs, as they are printed in float32: what is computed once a call, once an element, and the results. */
export function sharedEquations({ singles, names }: Activation, notation: Notation): readonly Section[] {
  const section = (title: string, outputs: readonly Output[]): Section => {
    const plan = schedule(names, outputs, { longest: 14, reserved: ['x', 'dy'] });
    const statements = [...plan.prelude, ...plan.body].map(({ name, expr }): Equation => [
      notation.name(name),
      written(notation, expr, plan, 0, true),
    ]);
    const results = outputs.map(({ name, sign, factor, expr }): Equation => {
      const value = written(notation, expr, plan, factor === undefined && sign > 0 ? 0 : TIMES);
      const product = factor === undefined ? value : notation.product(written(notation, factor, plan, TIMES), value);
      return [name === 'y' ? VALUE : notation.name(name), sign < 0 ? `-${product}` : product];
    });
    return { title, equations: [...statements, ...results] };
  };
  return [
    section('forward', singles.forward),
    section('backward: dc and dd are sums over all elements of what stands here', singles.backward),
  ];
}

/** The strength of a place in a product. */
const TIMES = 2;

/** Equations for outputs, and before them for what readers know by a name; all else is written where it is used. */
function named(
  names: Names,
  notation: Notation,
  outputs: readonly { readonly left: string; readonly expr: Expr; readonly degree?: number }[],
): readonly Equation[] {
  const roots = outputs.map(({ expr }): Output => ({ name: '', sign: 1, factor: undefined, expr }));
  const plan = schedule(names, roots, { longest: Infinity, reserved: ['x', 'dy'] });
  const readable = { nameOf: (expr: Expr) => (names.isNamed(expr) ? plan.nameOf(expr) : undefined) };
  const statements = [...plan.prelude, ...plan.body].filter(({ expr }) => names.isNamed(expr));
  return [
    ...statements.map(({ name, expr }): Equation => [notation.name(name), written(notation, expr, readable, 0, true)]),
    ...outputs.map(({ left, expr, degree = 0 }): Equation => {
      if (degree === 0) return [left, written(notation, expr, readable)];
      const power = degree === 1 ? 's' : notation.power('s', degree);
      return [left, notation.product(written(notation, expr, readable, TIMES), power)];
    }),
  ];
}
