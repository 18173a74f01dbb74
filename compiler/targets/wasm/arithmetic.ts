import { get, set, type Code, type Local } from './code.js';
import type { Lane } from './lane.js';
import type { Schedule, Statement } from '../schedule.js';
import { canBeNegativeZero } from '../../expr/negative-zero.js';
import type { Binary, Expr } from '../../expr/node.js';
import type { Output } from '../../stages/share.js';
import { slotOf } from '../coefficients.js';
import { signedFactor } from '../signed-factor.js';

/** An expression as code on a kind of lane; what the schedule gives a name to is read from the local of that name. */
export function print(expr: Expr, plan: Pick<Schedule, 'nameOf'>, lane: Lane, define = false): Code {
  const name = define ? undefined : plan.nameOf(expr);
  if (name !== undefined) return get(name);
  const at = (operand: Expr): Code => print(operand, plan, lane);
  switch (expr.kind) {
    case 'constant':
      return lane.constant(expr.value);
    case 'variable':
      return get(expr.name);
    case 'neg':
    case 'abs':
      return lane[expr.kind](at(expr.operand));
    case 'sgn':
      return lane.sgn(at(expr.operand), canBeNegativeZero(expr.operand));
    case 'mul': {
      const flip = signedFactor(expr, plan);
      if (flip !== undefined) return lane.flip(at(flip.factor), at(flip.value), canBeNegativeZero(flip.value));
      return lane.mul(at(expr.left), at(expr.right));
    }
    case 'add':
    case 'sub': {
      const fused = fuse(expr, plan, lane);
      return fused ?? lane[expr.kind](at(expr.left), at(expr.right));
    }
    case 'div':
    case 'max':
      return lane[expr.kind](at(expr.left), at(expr.right));
    case 'basis':
    case 'series':
      throw new RangeError(`${expr.kind} nodes must be lowered before they are printed`);
    default:
      return expr satisfies never;
  }
}

/** a b + c or c - a b in one instruction, where the lane has such and the product is needed for nothing else. */
function fuse({ kind, left, right }: Binary, plan: Pick<Schedule, 'nameOf'>, lane: Lane): Code | undefined {
  const isProduct = (expr: Expr): expr is Binary =>
    expr.kind === 'mul' && plan.nameOf(expr) === undefined && expr.left.kind !== 'sgn' && expr.right.kind !== 'sgn';
  const at = (operand: Expr): Code => print(operand, plan, lane);
  if (kind === 'sub' && isProduct(right)) return lane.nmadd?.(at(right.left), at(right.right), at(left));
  if (kind === 'sub' && isProduct(left) && right.kind === 'constant') {
    return lane.madd?.(at(left.left), at(left.right), lane.constant(right.value.neg()));
  }
  if (kind !== 'add') return undefined;
  if (isProduct(right)) return lane.madd?.(at(right.left), at(right.right), at(left));
  return isProduct(left) ? lane.madd?.(at(left.left), at(left.right), at(right)) : undefined;
}

/** sum + expr */
export const accumulated = (sum: Code, expr: Expr, plan: Schedule, lane: Lane): Code =>
  expr.kind === 'mul' && plan.nameOf(expr) === undefined && lane.madd !== undefined
    ? lane.madd(print(expr.left, plan, lane), print(expr.right, plan, lane), sum)
    : lane.add(sum, print(expr, plan, lane));

export const signedValue = (output: Output, plan: Schedule, lane: Lane): Code =>
  output.sign < 0 ? lane.neg(print(output.expr, plan, lane)) : print(output.expr, plan, lane);

export const statements = (list: readonly Statement[], plan: Schedule, lane: Lane): readonly Code[] =>
  list.map(({ name, expr }) => set(name, print(expr, plan, lane, true)));

/** Loads the coefficients that a plan uses and computes what depends on nothing else. */
export const prelude = (plan: Schedule, lane: Lane): readonly Code[] => [
  ...loadParameters([...plan.parameters], lane),
  ...statements(plan.prelude, plan, lane),
];

/** c_i lies at c + 4 i, d_j at d + 4 (j - 1). */
export const loadParameters = (names: readonly string[], lane: Lane): readonly Code[] =>
  names.map((name) => set(name, lane.parameter(name.charAt(0), 4 * slotOf(name))));

/** The locals of everything that a plan computes or reads. */
export const localsOf = (plan: Schedule, lane: Lane): readonly Local[] =>
  [...plan.parameters, ...[...plan.prelude, ...plan.body].map((s) => s.name)].map((name): Local => [name, lane.type]);
