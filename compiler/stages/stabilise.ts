import { rational } from '../exact/rational.js';
import type { Graph } from '../expr/graph.js';
import type { Names } from '../expr/names.js';
import { topological, type Expr } from '../expr/node.js';

/** value = expr * s^degree, where s = max(1, |x| / 4). */
export interface Scaled {
  readonly expr: Expr;
  readonly degree: number;
}

/**
 * The scale of one element: s = max(1, |x| / 4) and its reciprocal t. A quarter, so that t is never below 2^-126, even
 * at the largest x: GPUs and native TensorFlow make 0 of smaller values, and then u = 0 and F = 0 / 0.
 */
export interface Scale {
  readonly s: Expr;
  readonly t: Expr;
}

export function scaleOf(graph: Graph, names: Names): Scale {
  const quarter = graph.mul(graph.constant(rational(1, 4)), graph.abs(graph.varying('x')));
  const s = names.label(graph.max(graph.constant(1), quarter), 's');
  return { s, t: names.label(graph.div(graph.constant(1), s), 't') };
}

/**
 * Stage 5: makes every value right at every finite x. Each node v is replaced by v / s^degree, which stays of the
 * order of the coefficients however large x is: x becomes u = x t, a sum brings its lower side up by powers of t,
 * a product adds degrees and a quotient subtracts them. A basis value f_k so becomes h_k = f_k t^k, and a combination
 * of them Horner's rule in t. No branch; exact over the rationals.
 */
export function stabilise(graph: Graph, names: Names, roots: readonly Expr[]): readonly Scaled[] {
  const { t } = scaleOf(graph, names);
  const u = names.label(graph.mul(graph.varying('x'), t), 'u');
  const results = new Map<number, Scaled>();
  const at = (expr: Expr): Scaled => results.get(expr.id)!;
  for (const expr of topological(roots)) {
    const result = scaled(graph, names, expr, at, u, t);
    carryName(names, expr, result);
    results.set(expr.id, result);
  }
  return roots.map(at);
}

function scaled(graph: Graph, names: Names, expr: Expr, at: (expr: Expr) => Scaled, u: Expr, t: Expr): Scaled {
  switch (expr.kind) {
    case 'constant':
      return { expr, degree: 0 };
    case 'variable':
      return expr.name === 'x' ? { expr: u, degree: 1 } : { expr, degree: 0 };
    case 'neg':
    case 'abs': {
      const { expr: operand, degree } = at(expr.operand);
      return { expr: graph[expr.kind](operand), degree };
    }
    case 'sgn':
      return { expr: graph.sgn(at(expr.operand).expr), degree: 0 };
    case 'mul':
    case 'div': {
      const [left, right] = [at(expr.left), at(expr.right)];
      const degree = expr.kind === 'mul' ? left.degree + right.degree : left.degree - right.degree;
      return { expr: graph[expr.kind](left.expr, right.expr), degree };
    }
    case 'add':
    case 'sub':
    case 'max': {
      const [left, right] = [at(expr.left), at(expr.right)];
      const degree = commonDegree(left, right);
      return {
        expr: graph[expr.kind](raise(graph, names, left, degree, t), raise(graph, names, right, degree, t)),
        degree,
      };
    }
    case 'basis':
    case 'series':
      throw new RangeError(`${expr.kind} nodes must be lowered before they are stabilised`);
    default:
      return expr satisfies never;
  }
}

/** The larger degree; a zero has none of its own. */
function commonDegree(left: Scaled, right: Scaled): number {
  if (left.expr.kind === 'constant' && left.expr.value.equals(0)) return right.degree;
  if (right.expr.kind === 'constant' && right.expr.value.equals(0)) return left.degree;
  return Math.max(left.degree, right.degree);
}

/** Writes a value with a higher degree: v = (v t^k) s^k. */
function raise(graph: Graph, names: Names, { expr, degree }: Scaled, to: number, t: Expr): Expr {
  if (degree === to) return expr;
  const power = graph.power(t, to - degree);
  for (let k = 2; k <= to - degree; k++) names.hint(graph.power(t, k), `t${k}`);
  // Constants stay in front, and the power of t, which other terms share, next to them.
  if (expr.kind === 'mul' && expr.left.kind === 'constant') {
    return graph.mul(expr.left, graph.mul(power, expr.right));
  }
  return graph.mul(expr, power);
}

/** f_k is called h_k once it is scaled; everything else keeps its name. */
function carryName(names: Names, from: Expr, to: Scaled): void {
  if (to.expr === from) return;
  if (names.isLabelled(from)) names.label(to.expr, names.of(from).replace(/f(\d+)$/, 'h$1'));
  else names.carry(from, to.expr);
}
