import { get, set, type Code, type Local } from './code.js';
import type { Lane } from './lane.js';
import type { Schedule, Statement } from '../schedule.js';
import { ZERO } from '../../exact/rational.js';
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
      return lane.sgn(...signBearer(expr.operand, plan, lane));
    case 'mul': {
      const flip = signedFactor(expr, plan);
      if (flip !== undefined) return lane.flip(at(flip.factor), ...signBearer(flip.value, plan, lane));
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

/** A value, or one of its sign, and whether it can be -0: a b + 0 in one instruction cannot, and saves a comparison. */
function signBearer(value: Expr, plan: Pick<Schedule, 'nameOf'>, lane: Lane): [code: Code, zero: boolean] {
  if (value.kind === 'mul' && plan.nameOf(value) === undefined && lane.madd !== undefined) {
    return [lane.madd(print(value.left, plan, lane), print(value.right, plan, lane), lane.constant(ZERO)), false];
  }
  return [print(value, plan, lane), canBeNegativeZero(value)];
}

/** a b + c, c - a b or a b - constant in one instruction, where the lane has such and the product has no name. */
function fuse(sum: Binary, plan: Pick<Schedule, 'nameOf'>, lane: Lane): Code | undefined {
  const product = fusedProduct(sum, (expr) => plan.nameOf(expr) === undefined);
  if (lane.madd === undefined || lane.nmadd === undefined || product === undefined) return undefined;
  const at = (operand: Expr): Code => print(operand, plan, lane);
  const [a, b] = [at(product.left), at(product.right)];
  if (product === sum.left) {
    const { right } = sum;
    return lane.madd(
      a,
      b,
      sum.kind === 'sub' && right.kind === 'constant' ? lane.constant(right.value.neg()) : at(right),
    );
  }
  return sum.kind === 'sub' ? lane.nmadd(a, b, at(sum.left)) : lane.madd(a, b, at(sum.left));
}

/** Whether `fuse` takes a product, if it has no name, and this sum together. */
export const fuses = (sum: Expr, product: Expr): boolean =>
  (sum.kind === 'add' || sum.kind === 'sub') && fusedProduct(sum, () => true) === product;

function fusedProduct({ kind, left, right }: Binary, isFree: (expr: Expr) => boolean): Binary | undefined {
  const isProduct = (expr: Expr): expr is Binary =>
    expr.kind === 'mul' && isFree(expr) && expr.left.kind !== 'sgn' && expr.right.kind !== 'sgn';
  if (isProduct(right)) return right;
  return isProduct(left) && (kind === 'add' || right.kind === 'constant') ? left : undefined;
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
