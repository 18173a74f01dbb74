import type { Expr } from './node.js';

/**
 * What the printers call a node. A `label` marks a value that readers know by name (f2, p, q): it always gets a
 * statement of its own, and passes do not look inside it. A `hint` is only used where a statement is needed anyway.
 */
export class Names {
  private readonly labels: Map<number, string>;
  private readonly hints: Map<number, string>;

  constructor(from?: Names) {
    this.labels = new Map(from?.labels);
    this.hints = new Map(from?.hints);
  }

  /** A copy, for a program whose names shall not meet those of another. */
  fork(): Names {
    return new Names(this);
  }

  label(expr: Expr, name: string): Expr {
    if (isNameable(expr) && !this.labels.has(expr.id)) this.labels.set(expr.id, name);
    return expr;
  }

  hint(expr: Expr, name: string): Expr {
    if (isNameable(expr) && !this.hints.has(expr.id)) this.hints.set(expr.id, name);
    return expr;
  }

  isLabelled(expr: Expr): boolean {
    return this.labels.has(expr.id);
  }

  /** Whether a person gave the node a name. */
  isNamed(expr: Expr): boolean {
    return this.labels.has(expr.id) || this.hints.has(expr.id);
  }

  /** The label or hint, else a name made from the operation and the names of what it works on: `abs_d1`. */
  of(expr: Expr): string {
    const given = this.labels.get(expr.id) ?? this.hints.get(expr.id);
    if (given !== undefined) return given;
    switch (expr.kind) {
      case 'variable':
        return expr.name;
      case 'constant':
        return expr.value.toFraction().replace('-', 'minus').replace('/', 'over');
      case 'basis':
        return `${expr.order === 1 ? 'df' : 'f'}${expr.index}`;
      case 'series':
        return 'series';
      case 'neg':
      case 'abs':
      case 'sgn':
        return `${expr.kind}_${this.of(expr.operand)}`;
      case 'add':
      case 'sub':
      case 'mul':
      case 'div':
      case 'max':
        return `${expr.kind}_${this.of(expr.left)}_${this.of(expr.right)}`;
      default:
        return expr satisfies never;
    }
  }

  /** Gives `to`, what a pass made of `from`, the same name. */
  carry(from: Expr, to: Expr): void {
    const label = this.labels.get(from.id);
    const hint = this.hints.get(from.id);
    if (label !== undefined) this.label(to, label);
    if (hint !== undefined) this.hint(to, hint);
  }
}

const isNameable = (expr: Expr): boolean => expr.kind !== 'constant' && expr.kind !== 'variable';

/** Hints `p<k>` for the partial sum of k terms of a sum, so that code can be cut there. */
export function namePartialSums(names: Names, sum: Expr, prefix: string): void {
  const spine: Expr[] = [];
  for (let e = sum; e.kind === 'add' || e.kind === 'sub'; e = e.left) spine.unshift(e);
  spine.slice(0, -1).forEach((partial, i) => names.hint(partial, `${prefix}${i + 2}`));
}
