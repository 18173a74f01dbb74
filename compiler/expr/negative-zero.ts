import type { Expr } from './node.js';

/**
 * Whether an expression can come out as -0 in floating point, for all that its last operation shows. Where it cannot,
 * its sign bit alone is its sgn.
 */
export function canBeNegativeZero(expr: Expr): boolean {
  switch (expr.kind) {
    case 'constant':
    case 'abs':
    case 'sgn':
      return false;
    case 'add':
      // Rounded to nearest, a sum is -0 only if both sides are.
      return canBeNegativeZero(expr.left) && canBeNegativeZero(expr.right);
    case 'sub':
      // a - b is -0 only if a is -0 and b is 0.
      return canBeNegativeZero(expr.left) && !(expr.right.kind === 'constant' && !expr.right.value.equals(0));
    case 'mul':
      return expr.left !== expr.right;
    case 'variable':
    case 'basis':
    case 'series':
    case 'neg':
    case 'div':
    case 'max':
      return true;
    default:
      return expr satisfies never;
  }
}
