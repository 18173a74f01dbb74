import type { Schedule } from './schedule.js';
import type { Fraction } from '../exact/rational.js';
import type { Expr } from '../expr/node.js';

/** How mathematics is written for people: what differs between plain text and LaTeX. */
export interface Notation {
  constant(value: Fraction): string;
  /** A variable, or a value with a name: `c0`, `df2`. */
  name(name: string): string;
  /** f_index, or its derivative for order 1; index >= 1. */
  basis(index: number, order: 0 | 1): string;
  abs(value: string): string;
  sgn(value: string): string;
  max(left: string, right: string): string;
  product(left: string, right: string): string;
  quotient(top: string, bottom: string): string;
  power(base: string, exponent: number): string;
  /** dF / d of a variable. */
  partial(by: string): string;
  /** Whether a quotient holds its parts together, as a fraction with a bar does, and needs no parentheses. */
  readonly hasBars: boolean;
  parenthesised(value: string): string;
}

const [ADD, MUL, UNARY] = [1, 2, 3];

/** An expression, those over the basis included; what the schedule gives a name to is written by its name. */
export function written(
  notation: Notation,
  expr: Expr,
  plan: Pick<Schedule, 'nameOf'>,
  place = 0,
  define = false,
): string {
  const name = define ? undefined : plan.nameOf(expr);
  if (name !== undefined) return notation.name(name);
  const at = (operand: Expr, strength = 0): string => written(notation, operand, plan, strength);
  const within = (strength: number, text: string): string => (strength < place ? notation.parenthesised(text) : text);
  switch (expr.kind) {
    case 'constant':
      return within(expr.value.d === 1n || notation.hasBars ? UNARY : MUL, notation.constant(expr.value));
    case 'variable':
      return notation.name(expr.name);
    case 'basis':
      return notation.basis(expr.index, expr.order);
    case 'series': {
      const terms = expr.coefficients.flatMap((c, k) => {
        if (c === undefined) return [];
        if (k === 0) return [at(c, ADD)];
        const one = c.kind === 'constant' && c.value.equals(1);
        return [one ? notation.basis(k, 0) : notation.product(at(c, MUL), notation.basis(k, 0))];
      });
      return within(terms.length > 1 ? ADD : MUL, terms.join(' + '));
    }
    case 'neg':
      return within(ADD, `-${at(expr.operand, MUL)}`);
    case 'abs':
      return notation.abs(at(expr.operand));
    case 'sgn':
      return notation.sgn(at(expr.operand));
    case 'add':
      return within(ADD, `${at(expr.left, ADD)} + ${at(expr.right, ADD + 1)}`);
    case 'sub':
      return within(ADD, `${at(expr.left, ADD)} - ${at(expr.right, ADD + 1)}`);
    case 'mul':
      return within(MUL, notation.product(at(expr.left, MUL), at(expr.right, MUL + 1)));
    case 'div':
      return notation.hasBars
        ? notation.quotient(at(expr.left), at(expr.right))
        : within(MUL, notation.quotient(at(expr.left, MUL), at(expr.right, MUL + 1)));
    case 'max':
      return notation.max(at(expr.left), at(expr.right));
    default:
      return expr satisfies never;
  }
}
