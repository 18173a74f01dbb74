import type { Schedule } from './schedule.js';
import { signedFactor } from './signed-factor.js';
import type { Fraction } from '../exact/rational.js';
import type { Binary, Expr } from '../expr/node.js';

/** What differs between languages that write arithmetic with + - * / and parentheses. */
export interface Dialect {
  /** A number; negative ones in parentheses. */
  constant(value: Fraction): string;
  abs(value: string): string;
  /** -1 below 0, else +1. `inside` says that an operator stands next to it. */
  sgn(value: string, inside: boolean): string;
  /** A name times the sgn of a value, where that can be said without a multiplication. */
  flip?(factor: string, value: string, inside: boolean): string;
  max(left: string, right: string): string;
}

/** Binding strengths: an operand weaker than its place gets parentheses. */
export const [ADD, MUL, UNARY] = [1, 2, 3];

/** An expression as text; what the schedule gives a name to is written by its name, unless this is its definition. */
export function infix(dialect: Dialect, expr: Expr, plan: Pick<Schedule, 'nameOf'>, place = 0, define = false): string {
  const name = define ? undefined : plan.nameOf(expr);
  if (name !== undefined) return name;
  const at = (operand: Expr, strength = 0): string => infix(dialect, operand, plan, strength);
  const operation = (sign: string, strength: number, left: Expr, right: Expr): string => {
    const text = `${at(left, strength)} ${sign} ${at(right, strength + 1)}`;
    return strength < place ? `(${text})` : text;
  };
  const flipped = (product: Binary): string | undefined => {
    const flip = signedFactor(product, plan);
    if (flip === undefined) return undefined;
    // What has no name would be computed twice.
    const factor = flip.factor.kind === 'variable' ? flip.factor.name : plan.nameOf(flip.factor);
    return factor === undefined ? undefined : dialect.flip?.(factor, at(flip.value, UNARY), place > 0);
  };
  switch (expr.kind) {
    case 'constant':
      return dialect.constant(expr.value);
    case 'variable':
      return expr.name;
    case 'neg':
      return place >= UNARY ? `(-${at(expr.operand, UNARY)})` : `-${at(expr.operand, UNARY)}`;
    case 'abs':
      return dialect.abs(at(expr.operand));
    case 'sgn':
      return dialect.sgn(at(expr.operand, UNARY), place > 0);
    case 'add':
      return operation('+', ADD, expr.left, expr.right);
    case 'sub':
      return operation('-', ADD, expr.left, expr.right);
    case 'mul':
      return flipped(expr) ?? operation('*', MUL, expr.left, expr.right);
    case 'div':
      return operation('/', MUL, expr.left, expr.right);
    case 'max':
      return dialect.max(at(expr.left), at(expr.right));
    case 'basis':
    case 'series':
      throw new RangeError(`${expr.kind} nodes must be lowered before they are printed`);
    default:
      return expr satisfies never;
  }
}
