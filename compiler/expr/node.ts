import type { Fraction } from '../exact/rational.js';

/**
 * The expression language: an immutable DAG. `id` numbers nodes in the order of their making, so operands always
 * have smaller ids than their users. Make nodes with a `Graph` only; it keeps one node for one meaning.
 */
export type Expr = Constant | Variable | Basis | Series | Unary | Binary;

interface Node {
  readonly id: number;
}

export interface Constant extends Node {
  readonly kind: 'constant';
  readonly value: Fraction;
}

/** A named input. Varying ones have a value for each element (x, dy); the others one a call (coefficients). */
export interface Variable extends Node {
  readonly kind: 'variable';
  readonly name: string;
  readonly varying: boolean;
}

/** f_index(x) for order 0, f'_index(x) for order 1; opaque until the `lower` stage. */
export interface Basis extends Node {
  readonly kind: 'basis';
  readonly index: number;
  readonly order: 0 | 1;
}

/** sum_k coefficients[k] f_k(x), a combination of the basis; undefined where a term is absent. */
export interface Series extends Node {
  readonly kind: 'series';
  readonly coefficients: readonly (Expr | undefined)[];
}

/** sgn is the project's: -1 where its argument is below zero, else +1 (also at 0 and -0). */
export const UNARY_KINDS = ['neg', 'abs', 'sgn'] as const;
export type UnaryKind = (typeof UNARY_KINDS)[number];
export interface Unary extends Node {
  readonly kind: UnaryKind;
  readonly operand: Expr;
}

export const BINARY_KINDS = ['add', 'sub', 'mul', 'div', 'max'] as const;
export type BinaryKind = (typeof BINARY_KINDS)[number];
export interface Binary extends Node {
  readonly kind: BinaryKind;
  readonly left: Expr;
  readonly right: Expr;
}

/** The nodes that an expression is made of directly. */
export function operands(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'constant':
    case 'variable':
    case 'basis':
      return [];
    case 'series':
      return expr.coefficients.filter((c) => c !== undefined);
    case 'neg':
    case 'abs':
    case 'sgn':
      return [expr.operand];
    case 'add':
    case 'sub':
    case 'mul':
    case 'div':
    case 'max':
      return [expr.left, expr.right];
    default:
      return expr satisfies never;
  }
}

/** Every node reachable from the roots, operands before their users. */
export function topological(roots: readonly Expr[]): readonly Expr[] {
  const seen = new Map<number, Expr>();
  const stack = [...roots];
  for (let expr = stack.pop(); expr !== undefined; expr = stack.pop()) {
    if (seen.has(expr.id)) continue;
    seen.set(expr.id, expr);
    stack.push(...operands(expr));
  }
  return [...seen.values()].sort((a, b) => a.id - b.id);
}

/** The ids of nodes whose value differs from element to element; all others can be computed once a call. */
export function varyingIds(order: readonly Expr[]): ReadonlySet<number> {
  const varying = new Set<number>();
  for (const expr of order) {
    const own = expr.kind === 'basis' || expr.kind === 'series' || (expr.kind === 'variable' && expr.varying);
    if (own || operands(expr).some((operand) => varying.has(operand.id))) varying.add(expr.id);
  }
  return varying;
}
