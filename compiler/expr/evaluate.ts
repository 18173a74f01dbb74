import { topological, type Expr } from './node.js';
import { Fraction, isNegative, ONE } from '../exact/rational.js';

/** The arithmetic that an expression is evaluated in. */
export interface Arithmetic<T> {
  constant(value: Fraction): T;
  add(a: T, b: T): T;
  sub(a: T, b: T): T;
  mul(a: T, b: T): T;
  div(a: T, b: T): T;
  max(a: T, b: T): T;
  neg(a: T): T;
  abs(a: T): T;
  sgn(a: T): T;
}

/** Exact rational arithmetic. */
export const exactArithmetic: Arithmetic<Fraction> = {
  constant: (value) => value,
  add: (a, b) => a.add(b),
  sub: (a, b) => a.sub(b),
  mul: (a, b) => a.mul(b),
  div: (a, b) => a.div(b),
  max: (a, b) => (a.compare(b) < 0 ? b : a),
  neg: (a) => a.neg(),
  abs: (a) => a.abs(),
  sgn: (a) => (isNegative(a) ? ONE.neg() : ONE),
};

/** IEEE double arithmetic, with the project's sgn. */
export const doubleArithmetic: Arithmetic<number> = {
  constant: (value) => value.valueOf(),
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  max: Math.max,
  neg: (a) => -a,
  abs: Math.abs,
  sgn: (a) => (a < 0 ? -1 : 1),
};

/** The DAG as its own oracle: the values of `roots`, given those of its inputs. Basis nodes must be lowered first. */
export function evaluate<T>(
  roots: readonly Expr[],
  inputs: ReadonlyMap<string, T>,
  arithmetic: Arithmetic<T>,
): readonly T[] {
  const values = new Map<number, T>();
  const at = (expr: Expr): T => values.get(expr.id)!;
  for (const expr of topological(roots)) values.set(expr.id, step(expr, at, inputs, arithmetic));
  return roots.map(at);
}

function step<T>(expr: Expr, at: (expr: Expr) => T, inputs: ReadonlyMap<string, T>, arithmetic: Arithmetic<T>): T {
  switch (expr.kind) {
    case 'constant':
      return arithmetic.constant(expr.value);
    case 'variable': {
      const value = inputs.get(expr.name);
      if (value === undefined) throw new RangeError(`no value for the input ${expr.name}`);
      return value;
    }
    case 'neg':
    case 'abs':
    case 'sgn':
      return arithmetic[expr.kind](at(expr.operand));
    case 'add':
    case 'sub':
    case 'mul':
    case 'div':
    case 'max':
      return arithmetic[expr.kind](at(expr.left), at(expr.right));
    case 'basis':
    case 'series':
      throw new RangeError(`${expr.kind} nodes have no value before the lower stage`);
    default:
      return expr satisfies never;
  }
}
