import type { Basis, BinaryKind, Constant, Expr, Series, UnaryKind, Variable } from './node.js';
import { Fraction, isNegative, isZero, ONE, rational } from '../exact/rational.js';

/** What a node is before it has its number. */
type Draft<T> = T extends Expr ? Omit<T, 'id'> : never;

/**
 * Builds hash-consed expressions: the same operation on the same operands is the same node, so sharing needs no
 * search. Constructors fold constants and drop neutral elements; signs move outward, so that a - (-b) is a + b.
 * All rules hold exactly in the field of rationals; none reorders a sum.
 */
export class Graph {
  private readonly nodes = new Map<string, Expr>();

  constant(value: Fraction | number): Constant {
    const exact = typeof value === 'number' ? rational(value) : value;
    return this.intern<Constant>(`const ${exact.toFraction()}`, { kind: 'constant', value: exact });
  }

  /** An input with one value an element, such as x. */
  varying(name: string): Variable {
    return this.intern<Variable>(`varying ${name}`, { kind: 'variable', name, varying: true });
  }

  /** An input with one value a call, such as a coefficient. */
  parameter(name: string): Variable {
    return this.intern<Variable>(`parameter ${name}`, { kind: 'variable', name, varying: false });
  }

  /** f_index for order 0, its derivative for order 1. */
  basis(index: number, order: 0 | 1 = 0): Expr {
    if (index === 0) return this.constant(order === 0 ? 1 : 0);
    return this.intern<Basis>(`basis ${index} ${order}`, { kind: 'basis', index, order });
  }

  /** sum_k coefficients[k] f_k. */
  series(coefficients: readonly (Expr | undefined)[]): Expr {
    const present = coefficients.map((c) => (c === undefined || isConstant(c, 0) ? undefined : c));
    if (present.every((c) => c === undefined)) return this.constant(0);
    const key = `series ${present.map((c) => c?.id ?? '-').join(' ')}`;
    return this.intern<Series>(key, { kind: 'series', coefficients: present });
  }

  neg(a: Expr): Expr {
    if (a.kind === 'constant') return this.constant(a.value.neg());
    if (a.kind === 'neg') return a.operand;
    if (a.kind === 'sub') return this.sub(a.right, a.left);
    return this.unary('neg', a);
  }

  abs(a: Expr): Expr {
    if (a.kind === 'constant') return this.constant(a.value.abs());
    if (a.kind === 'abs') return a;
    return this.unary('abs', a.kind === 'neg' ? a.operand : a);
  }

  sgn(a: Expr): Expr {
    if (a.kind === 'constant') return this.constant(isNegative(a.value) ? -1 : 1);
    return this.unary('sgn', a);
  }

  add(a: Expr, b: Expr): Expr {
    if (a.kind === 'constant' && b.kind === 'constant') return this.constant(a.value.add(b.value));
    if (isConstant(a, 0)) return b;
    if (isConstant(b, 0)) return a;
    if (b.kind === 'neg') return this.sub(a, b.operand);
    if (a.kind === 'neg') return this.sub(b, a.operand);
    if (b.kind === 'constant' && isNegative(b.value)) return this.sub(a, this.constant(b.value.neg()));
    return this.binary('add', a, b);
  }

  sub(a: Expr, b: Expr): Expr {
    if (a.kind === 'constant' && b.kind === 'constant') return this.constant(a.value.sub(b.value));
    if (isConstant(b, 0)) return a;
    if (isConstant(a, 0)) return this.neg(b);
    if (b.kind === 'neg') return this.add(a, b.operand);
    if (a === b) return this.constant(0);
    return this.binary('sub', a, b);
  }

  mul(a: Expr, b: Expr): Expr {
    if (a.kind === 'constant' && b.kind === 'constant') return this.constant(a.value.mul(b.value));
    if (b.kind === 'constant') return this.mul(b, a);
    if (isConstant(a, 0)) return a;
    if (isConstant(a, 1)) return b;
    if (a.kind === 'constant' && isNegative(a.value)) return this.neg(this.mul(this.constant(a.value.neg()), b));
    if (a.kind === 'neg') return this.neg(this.mul(a.operand, b));
    if (b.kind === 'neg') return this.neg(this.mul(a, b.operand));
    if (a.kind === 'constant' && b.kind === 'mul' && b.left.kind === 'constant') {
      return this.mul(this.constant(a.value.mul(b.left.value)), b.right);
    }
    return this.binary('mul', a, b);
  }

  div(a: Expr, b: Expr): Expr {
    if (b.kind === 'constant') {
      if (isZero(b.value)) throw new RangeError('an expression divides by the constant zero');
      return this.mul(this.constant(ONE.div(b.value)), a);
    }
    if (isConstant(a, 0)) return a;
    if (a.kind === 'neg') return this.neg(this.div(a.operand, b));
    return this.binary('div', a, b);
  }

  max(a: Expr, b: Expr): Expr {
    if (a.kind === 'constant' && b.kind === 'constant') return a.value.compare(b.value) < 0 ? b : a;
    return a === b ? a : this.binary('max', a, b);
  }

  /** a^exponent for a whole exponent >= 0, each power one multiplication from the one below. */
  power(a: Expr, exponent: number): Expr {
    return exponent === 0 ? this.constant(1) : this.mul(this.power(a, exponent - 1), a);
  }

  private unary(kind: UnaryKind, operand: Expr): Expr {
    return this.intern(`${kind} ${operand.id}`, { kind, operand });
  }

  private binary(kind: BinaryKind, left: Expr, right: Expr): Expr {
    // a + b and b + a are one node: IEEE addition, multiplication and maximum commute.
    const commutes = kind === 'add' || kind === 'mul' || kind === 'max';
    const [first, second] = commutes && right.id < left.id ? [right.id, left.id] : [left.id, right.id];
    return this.intern(`${kind} ${first} ${second}`, { kind, left, right });
  }

  private intern<T extends Expr>(key: string, draft: Draft<T>): T {
    const known = this.nodes.get(key);
    if (known !== undefined) return known as T;
    const node = Object.freeze({ ...draft, id: this.nodes.size }) as unknown as T;
    this.nodes.set(key, node);
    return node;
  }
}

export const isConstant = (expr: Expr, value: number): boolean => expr.kind === 'constant' && expr.value.equals(value);
