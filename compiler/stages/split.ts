import type { Expansion } from './expand.js';
import { lower } from './lower.js';
import type { Graph } from '../expr/graph.js';
import type { Names } from '../expr/names.js';
import { topological, varyingIds, type Expr, type Variable } from '../expr/node.js';
import type { Output, Repair, Repairs } from './share.js';
import { rewrite } from '../expr/rewrite.js';
import { isZero, ONE } from '../exact/rational.js';
import { ReducedBasis } from './reduced-basis.js';

/**
 * Stage 4 again, for kernels whose time is arithmetic: where the basis has parity, f_k(-x) = (-1)^k f_k(x), sums fall
 * into an even part and an odd one, P = E(z) + x O(z) with z = x^2. The halves are shorter chains of fewer operations,
 * and of odd f_k only f_k / x is ever computed. An odd f_m beyond Q's degree is not computed at all: P takes
 * f_m = a x f_{m-1} - c f_{m-2} into its coefficients, and the sum for dc_m is repaired afterwards. Another basis is lowered
 * as ever.
 */
export function split(
  graph: Graph,
  names: Names,
  expansion: Expansion,
  x: Variable,
  [m, n]: readonly [m: number, n: number],
  roots: readonly Expr[],
): Split {
  if (!hasParity(expansion)) return { exprs: lower(graph, names, expansion, x, roots), repairs: new Map() };
  const top = m % 2 === 1 && m >= 3 && m > n ? m : undefined;
  const step = top === undefined ? undefined : expansion.family.recurrence(top - 1);
  const basis = new ReducedBasis(graph, names, expansion, x);
  const sums = new Sums(graph, names, [x, graph.abs(x)]);
  const exprs = rewrite(graph, names, roots, (expr, at) => {
    switch (expr.kind) {
      case 'basis':
        // It stands in dc_m only.
        if (expr.index === top) return basis.rising(top);
        return expr.order === 0 ? basis.value(expr.index) : basis.slope(expr.index);
      case 'series': {
        const coefficients = expr.coefficients.map((c) => c && at(c));
        const highest = coefficients.length - 1 === top ? coefficients.pop() : undefined;
        if (highest !== undefined && step !== undefined) {
          const below = graph.sub(coefficients.at(-2) ?? graph.constant(0), graph.mul(graph.constant(step.c), highest));
          coefficients[coefficients.length - 2] = below;
        }
        const sum = coefficients.reduce<Expr>(
          (total, c, k) => (c === undefined ? total : sums.plus(total, graph.mul(c, basis.value(k)))),
          graph.constant(0),
        );
        if (highest === undefined || step === undefined) return sum;
        return sums.plus(sum, graph.mul(graph.mul(graph.constant(step.a), highest), basis.rising(top!)));
      }
      case 'add':
      case 'sub':
        return sums[expr.kind === 'add' ? 'plus' : 'minus'](at(expr.left), at(expr.right));
      case 'abs': {
        // |x g| as |x| |g|: |x| is common to all odd terms.
        const inner = at(expr.operand);
        if (inner.kind !== 'mul' || names.isLabelled(inner)) return undefined;
        return graph.mul(graph.abs(inner.left), graph.abs(inner.right));
      }
      default:
        return undefined;
    }
  });
  const repairs = new Map<string, Repair>();
  if (step !== undefined) repairs.set(`dc${m}`, { own: step.a, other: { name: `dc${m - 2}`, times: step.c.neg() } });
  return { exprs, repairs };
}

export interface Split {
  readonly exprs: readonly Expr[];
  /** What is to be made of some sums. */
  readonly repairs: Repairs;
}

/** Outputs with their repairs. A constant that all elements share is repaired, too: once a sum, not once an element. */
export const repaired = (outputs: readonly Output[], repairs: Repairs): readonly Output[] =>
  outputs.map((output) => {
    const { name, factor } = output;
    const repair = repairs.get(name);
    const [scale, rest] =
      factor?.kind === 'constant'
        ? [factor.value, undefined]
        : factor?.kind === 'mul' && factor.left.kind === 'constant'
          ? [factor.left.value, factor.right]
          : [ONE, factor];
    if (repair === undefined && scale.equals(1)) return output;
    return { ...output, factor: rest, repair: { ...repair, own: scale.mul(repair?.own ?? ONE) } };
  });

/** Whether f_{k+1} = a x f_k - c f_{k-1} throughout. */
const hasParity = ({ family, polynomials }: Expansion): boolean =>
  polynomials.slice(1).every((_, k) => isZero(family.recurrence(k).b));

/** Sums that are kept as rest + sum_i factor_i inner_i, whatever order their terms come in. */
class Sums {
  /** By the id of the sum: what each factor multiplies; the rest stands last. */
  private readonly parts = new Map<number, readonly (Expr | undefined)[]>();

  constructor(
    private readonly graph: Graph,
    private readonly names: Names,
    private readonly factors: readonly Expr[],
  ) {}

  plus(left: Expr, right: Expr): Expr {
    return this.join(left, right, 'add');
  }
  minus(left: Expr, right: Expr): Expr {
    return this.join(left, right, 'sub');
  }

  private join(left: Expr, right: Expr, kind: 'add' | 'sub'): Expr {
    const { graph } = this;
    const [a, b] = [this.partsOf(left), this.partsOf(right)];
    const zero = graph.constant(0);
    const joined = a.map((part, i) =>
      part === undefined && b[i] === undefined ? undefined : graph[kind](part ?? zero, b[i] ?? zero),
    );
    const terms = joined.map((part, i) =>
      part === undefined || i === this.factors.length ? part : graph.mul(part, this.factors[i]!),
    );
    const sum = [terms.at(-1), ...terms.slice(0, -1)].reduce<Expr>(
      (total, term) => (term === undefined ? total : graph.add(total, term)),
      zero,
    );
    this.parts.set(sum.id, joined);
    return sum;
  }

  /** A value with a name is shared as it is. */
  private partsOf(expr: Expr): readonly (Expr | undefined)[] {
    const known = this.names.isLabelled(expr) ? undefined : this.parts.get(expr.id);
    if (known !== undefined) return known;
    const factors = this.factorise(expr);
    const which = this.factors.findIndex((factor) => factors.includes(factor));
    const rest = factors.filter((_, i) => which < 0 || i !== factors.indexOf(this.factors[which]!));
    const own = which < 0 ? this.factors.length : which;
    return [...this.factors, undefined].map((_, i) => (i === own ? this.product(rest) : undefined));
  }

  private factorise(expr: Expr): readonly Expr[] {
    if (this.names.isLabelled(expr)) return [expr];
    if (expr.kind === 'neg') return [this.graph.constant(-1), ...this.factorise(expr.operand)];
    return expr.kind === 'mul' ? [...this.factorise(expr.left), ...this.factorise(expr.right)] : [expr];
  }

  /** What does not vary comes first, to be computed once a call, then signs, then the rest. */
  private product(factors: readonly Expr[]): Expr {
    const varying = varyingIds(topological(factors));
    const rank = (factor: Expr): number => (!varying.has(factor.id) ? 0 : factor.kind === 'sgn' ? 1 : 2);
    return [...factors]
      .sort((a, b) => rank(a) - rank(b))
      .reduce<Expr>((product, factor) => this.graph.mul(product, factor), this.graph.constant(1));
  }
}
