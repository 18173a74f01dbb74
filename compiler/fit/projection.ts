import type { DenominatorModel } from './denominator-model.js';
import { factorise } from './householder.js';
import type { Squares } from './levenberg-marquardt.js';
import { EXCESS_WEIGHT, type Problem } from './problem.js';

/** The residuals of the best numerator for one denominator. */
export interface Residuals extends Squares {
  /** The numerator's weights. */
  readonly c: Float64Array;
  /** F / scale at the rows. */
  readonly fitted: Float64Array;
}

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
    let cost = 0;
    for (let i = 0; i < residual.length; i++) cost += residual[i]! * residual[i]!;
    return { cost, residual, jacobian, c, fitted };
  };
}

/** The numerator's weights of the least squares for the values q of Q. */
export const leastSquaresNumerator = (problem: Problem, q: Float64Array): Float64Array =>
  solveNumerator(problem, q, problem).c;

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
  let rows = start;
  for (let change = 0; ; change++) {
    const solution = solveRows(problem, q, rows);
    const next = change < MOST_CHANGES ? boundRows(problem, rows, solution.fitted) : undefined;
    if (next === undefined) return { rows, ...solution };
    rows = next;
  }
}

function solveRows({ numerator, ridge }: Problem, q: Float64Array, { weights, target }: Rows) {
  const count = q.length;
  const size = numerator.columns.length;
  const inverse = new Float64Array(count);
  const columns = Array.from({ length: size }, () => new Float64Array(count + size));
  const rotated = new Float64Array(count + size);
  for (let i = 0; i < count; i++) {
    inverse[i] = 1 / q[i]!;
    rotated[i] = weights[i]! * (target[i]! - numerator.fixed[i]! * inverse[i]!);
  }
  columns.forEach((column, k) => {
    const f = numerator.columns[k]!;
    for (let i = 0; i < count; i++) column[i] = weights[i]! * inverse[i]! * f[i]!;
    column[count + k] = ridge;
  });
  const qr = factorise(columns);
  qr.rotate(rotated);
  const c = qr.solve(rotated);
  const fitted = numerator.fixed.map((value, i) => value * inverse[i]!);
  c.forEach((weight, k) => {
    const f = numerator.columns[k]!;
    for (let i = 0; i < count; i++) fitted[i]! += weight * f[i]! * inverse[i]!;
  });
  return { c, fitted, qr, rotated };
}

/** The rows as they should be for this F, or undefined where they are so already. */
function boundRows(problem: Problem, rows: Rows, fitted: Float64Array): Rows | undefined {
  const wanted = (i: number): number => {
    const [y, bound] = [fitted[i]!, problem.bounds[i]!];
    return y > bound ? bound : y < -bound ? -bound : problem.target[i]!;
  };
  let same = true;
  for (let i = 0; i < fitted.length && same; i++) same = wanted(i) === rows.target[i];
  if (same) return undefined;
  const target = problem.target.map((_, i) => wanted(i));
  const weights = problem.weights.map((weight, i) =>
    Math.abs(fitted[i]!) > problem.bounds[i]! ? EXCESS_WEIGHT / problem.bounds[i]! : weight,
  );
  return { target, weights };
}
