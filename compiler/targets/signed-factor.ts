import type { Schedule } from './schedule.js';
import type { Binary, Expr } from '../expr/node.js';

/** z and v of a product z sgn(v), which needs no multiplication, where the sign is not computed for others too. */
export function signedFactor(
  { left, right }: Binary,
  plan: Pick<Schedule, 'nameOf'>,
): { readonly factor: Expr; readonly value: Expr } | undefined {
  const isOwn = (expr: Expr): boolean => expr.kind === 'sgn' && plan.nameOf(expr) === undefined;
  const [sign, factor] = isOwn(left) ? [left, right] : [right, left];
  return sign.kind === 'sgn' && isOwn(sign) ? { factor, value: sign.operand } : undefined;
}
