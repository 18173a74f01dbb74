import type { Scale, Scaled } from './stabilise.js';
import type { Fraction } from '../exact/rational.js';
import type { Graph } from '../expr/graph.js';
import type { Names } from '../expr/names.js';
import { topological, varyingIds, type Expr } from '../expr/node.js';
import { rewrite } from '../expr/rewrite.js';

/** One result of a kernel: `sign * factor * expr`, where `factor` is the same for every element of a call. */
export interface Output {
  readonly name: string;
  readonly sign: 1 | -1;
  readonly factor: Expr | undefined;
  readonly expr: Expr;
  readonly repair?: Repair | undefined;
}

/** What is wanted is own * (this output) + times * (what is wanted of the other output, by name). */
export interface Repair {
  readonly own: Fraction;
  readonly other?: { readonly name: string; readonly times: Fraction };
}

/** By the names of outputs. */
export type Repairs = ReadonlyMap<string, Repair>;

/** A value as a product, with what it is called. */
interface Product {
  readonly name: string;
  readonly degree: number;
  readonly negative: boolean;
  readonly factors: readonly Expr[];
}

/**
 * Stage 6: shares across the value and all gradients. Hash-consing has already made equal expressions one node; this
 * stage makes more of them equal. Divisions by one divisor become multiplications by its reciprocal r; each output is
 * taken apart into factors; what does not vary between elements is split off, to be applied once after the sum; and
 * the rest is multiplied in order of how many outputs have it, so that products start alike (dy r, then dy r y).
 * The scale goes on so that nothing leaves the number format before the output does: powers of t onto what all outputs
 * have in common, before anything else, and powers of s last. Both happen where Q is far below its highest power of x.
 * `quotientsLast`: a quotient is multiplied on after everything else. For large x, dy r and F = P r can both be tiny where
 * dy r F f_j is not: in float32 (dy r f_j) F keeps the digits that (dy r F) f_j loses. A sign goes with the quotient, so that
 * (dy r f_j) is what the sum for dc_j has, too.
 */
export function share(
  graph: Graph,
  names: Names,
  roots: readonly (Scaled & { readonly name: string })[],
  scale: Scale,
  reduced: (name: string) => boolean,
  quotientsLast = false,
): readonly Output[] {
  const exprs = withReciprocals(
    graph,
    names,
    roots.map((root) => root.expr),
  );
  const varying = varyingIds(topological(exprs));
  const products = roots.map((root, i): Product => ({ ...root, ...factorise(names, exprs[i]!) }));
  const users = countUsers(products);
  const inAll = (factor: Expr): boolean => products.length > 1 && products.every((p) => p.factors.includes(factor));
  const product = (from: Expr, factors: readonly Expr[]): Expr => factors.reduce<Expr>((a, b) => graph.mul(a, b), from);

  return products.map(({ name, degree, negative, factors }) => {
    const invariant = reduced(name) ? factors.filter((f) => !varying.has(f.id)) : [];
    const own = factors.filter((f) => !invariant.includes(f)).sort((a, b) => users(b) - users(a) || a.id - b.id);
    const isLast = (f: Expr): boolean => quotientsLast && (isQuotient(f) || f.kind === 'sgn') && !inAll(f);
    const one = graph.constant(1);
    const weight = product(one, own.filter(inAll));
    if (weight.kind === 'mul' && !names.isLabelled(weight)) names.hint(weight, 'w');
    const lowered = lowerBy(graph, names, weight, -degree, scale.t);
    return {
      name,
      sign: negative ? -1 : 1,
      factor: invariant.length === 0 ? undefined : product(one, invariant),
      expr: raiseBy(
        graph,
        names,
        graph.mul(
          product(
            lowered,
            own.filter((f) => !inAll(f) && !isLast(f)),
          ),
          product(one, own.filter(isLast)),
        ),
        degree,
        scale.s,
      ),
    };
  });
}

/** p / q, or p r. */
const isQuotient = (expr: Expr): boolean =>
  expr.kind === 'div' || (expr.kind === 'mul' && [expr.left, expr.right].some(({ kind }) => kind === 'div'));

/** a / q becomes a r with r = 1 / q wherever q divides more than once. */
function withReciprocals(graph: Graph, names: Names, roots: readonly Expr[]): readonly Expr[] {
  const uses = new Map<number, number>();
  for (const expr of topological(roots)) {
    if (expr.kind === 'div') uses.set(expr.right.id, (uses.get(expr.right.id) ?? 0) + 1);
  }
  return rewrite(graph, names, roots, (expr, at) => {
    if (expr.kind !== 'div' || uses.get(expr.right.id) === 1) return undefined;
    const r = names.label(graph.div(graph.constant(1), at(expr.right)), 'r');
    return graph.mul(at(expr.left), r);
  });
}

/** The factors of a product, down to values that have a name: those are shared as they are. */
function factorise(names: Names, expr: Expr): { negative: boolean; factors: readonly Expr[] } {
  if (expr.kind === 'neg') {
    const inner = factorise(names, expr.operand);
    return { negative: !inner.negative, factors: inner.factors };
  }
  if (expr.kind !== 'mul' || names.isLabelled(expr)) return { negative: false, factors: [expr] };
  const [left, right] = [factorise(names, expr.left), factorise(names, expr.right)];
  return { negative: left.negative !== right.negative, factors: [...left.factors, ...right.factors] };
}

/**
 * How many outputs of one kind (dx, dc_i or dd_j) have a factor, at the most. Counted by kind, because f_k stands once
 * in dc_k and once in dd_k without being common to either kind.
 */
function countUsers(products: readonly Product[]): (factor: Expr) => number {
  const counts = new Map<number, Map<string, number>>();
  for (const { name, factors } of products) {
    const kind = name.replace(/\d+$/, '');
    for (const id of new Set(factors.map((f) => f.id))) {
      const byKind = counts.get(id) ?? new Map<string, number>();
      counts.set(id, byKind.set(kind, (byKind.get(kind) ?? 0) + 1));
    }
  }
  return (factor) => Math.max(0, ...(counts.get(factor.id)?.values() ?? []));
}

/** value t^steps, step by step; outputs next to each other share the steps. */
function lowerBy(graph: Graph, names: Names, value: Expr, steps: number, t: Expr): Expr {
  let result = value;
  for (let k = 1; k <= steps; k++) result = names.hint(graph.mul(result, t), `${names.of(value)}t${k}`);
  return result;
}

/** Above this many, powers of s are shared between outputs: step by step for each would be quadratic in m - n. */
const STEPS = 3;

/** value s^steps: some steps one by one, so that an output just within range stays there, the rest as one power. */
function raiseBy(graph: Graph, names: Names, value: Expr, steps: number, s: Expr): Expr {
  let result = value;
  for (let k = 1; k <= Math.min(steps, STEPS); k++) result = graph.mul(result, s);
  if (steps <= STEPS) return result;
  for (let k = 2; k <= steps - STEPS; k++) names.hint(graph.power(s, k), `s${k}`);
  return graph.mul(result, graph.power(s, steps - STEPS));
}
