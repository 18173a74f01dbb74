import { get, set, type Code, type Local } from './code.js';
import type { Lane } from './lane.js';
import type { Schedule, Statement } from '../schedule.js';
import type { Expr } from '../../expr/node.js';
import type { Output } from '../../stages/share.js';
import { slotOf } from '../coefficients.js';

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
    case 'sgn':
      return lane[expr.kind](at(expr.operand));
    case 'mul': {
      const { left, right } = expr;
      if (left.kind === 'sgn' && plan.nameOf(left) === undefined) return lane.flip(at(right), at(left.operand));
      if (right.kind === 'sgn' && plan.nameOf(right) === undefined) return lane.flip(at(left), at(right.operand));
      return lane.mul(at(left), at(right));
    }
    case 'add':
    case 'sub':
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
