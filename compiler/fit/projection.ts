import type { DenominatorModel } from './denominator-model.js';
import { factorise } from './householder.js';
import type { Squares } from './levenberg-marquardt.js';
import type { Problem } from './problem.js';

/** The residuals of the best numerator for one denominator. */
export interface Residuals extends Squares {
  /** The normalised numerator, c_i max|f_i| / scale. */
  readonly c: Float64Array;
  /** F / scale at the rows. */
  readonly fitted: Float64Array;
}

/**
 * The weight of |c_i| max|f_i| against the error: float32 rounds each term of P by about so much (16 units of 2^-24, the
 * project's accuracy bound), so what a pair of huge cancelling terms gains in the fit it loses in the evaluation.
 */
const RIDGE = 16 * 2 ** -24;

/** The weight of a tail's excess over its bound, relative to the bound. */
const EXCESS_WEIGHT = 0.005;

/** Solves within this number of changes to the set of tails that touch their bounds; rarely more than two occur. */
const MOST_CHANGES = 5;

/**
 * Variable projection: P is linear in c, so for each denominator the best c is a linear least-squares problem, and only
 * the denominator's parameters are left to a search (Golub and Pereyra 1973). The Jacobian is Kaufman's (1975),
 * the slopes of P/Q at fixed c with their part in the numerator's span removed; rotated by Q^T of the factorisation,
 * that removal is cutting off the first m + 1 rows.
 */
export function projection(problem: Problem, model: DenominatorModel): (p: Float64Array) => Residuals {
  let rows: Rows = problem; // where the last evaluation ended, the next, a small step away, likely ends too
  return (p) => {
    const q = model.values(p);
    const solution = solveNumerator(problem, q, rows);
    rows = solution.rows;
    const { c, fitted, qr, rotated } = solution;
    const residual = rotated.subarray(c.length);
    const jacobian = (): readonly Float64Array[] =>
      model.slopes(p, q).map((slope) => {
        const column = new Float64Array(rotated.length);
        for (let i = 0; i < slope.length; i++) column[i] = solution.rows.weights[i]! * fitted[i]! * slope[i]!;
        qr.rotate(column);
        return column.subarray(c.length);
      });
    return { cost: residual.reduce((sum, r) => sum + r * r, 0), residual, jacobian, c, fitted };
  };
}

interface Rows {
  readonly weights: Float64Array;
  readonly target: Float64Array;
}

/**
 * The best c for the values q of Q. A tail beyond its bound is a row that asks for the bound, with EXCESS_WEIGHT. Which
 * ones are beyond follows from c: Newton's method on this convex, piecewise quadratic function changes rows and solves
 * again until none changes side.
 */
function solveNumerator(problem: Problem, q: Float64Array, start: Rows) {
  const numerators = problem.basis.slice(0, problem.spec.m + 1).map((f) => f.map((value, i) => value / q[i]!));
  let rows = start;
  for (let change = 0; ; change++) {
    const solution = solveRows(rows, numerators);
    const next = change < MOST_CHANGES ? boundRows(problem, rows, solution.fitted) : undefined;
    if (next === undefined) return { rows, ...solution };
    rows = next;
  }
}

function solveRows({ weights, target }: Rows, numerators: readonly Float64Array[]) {
  const count = weights.length;
  const extended = (values: Float64Array): Float64Array => {
    const column = new Float64Array(count + numerators.length);
    for (let i = 0; i < count; i++) column[i] = weights[i]! * values[i]!;
    return column;
  };
  const columns = numerators.map((f, k) => {
    const column = extended(f);
    column[count + k] = RIDGE;
    return column;
  });
  const qr = factorise(columns);
  const rotated = extended(target);
  qr.rotate(rotated);
  const c = qr.solve(rotated);
  const fitted = new Float64Array(count);
  numerators.forEach((f, k) => {
    for (let i = 0; i < count; i++) fitted[i]! += c[k]! * f[i]!;
  });
  return { c, fitted, qr, rotated };
}

/** The rows as they should be for this F, or undefined where they are so already. */
function boundRows(problem: Problem, rows: Rows, fitted: Float64Array): Rows | undefined {
  const target = problem.target.slice();
  const weights = problem.weights.slice();
  let same = true;
  for (let i = 0; i < target.length; i++) {
    const [y, bound] = [fitted[i]!, problem.bounds[i]!];
    if (Math.abs(y) > bound) {
      target[i] = y < 0 ? -bound : bound;
      weights[i] = EXCESS_WEIGHT / bound;
    }
    same &&= target[i] === rows.target[i];
  }
  return same ? undefined : { target, weights };
}
