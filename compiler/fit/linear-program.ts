import { solveDefinite } from './householder.js';

/** Rows a_r . z <= b_r, column-major: columns[k][r] is the coefficient of z_k in row r. */
export interface Inequalities {
  readonly columns: readonly Float64Array[];
  readonly limits: Float64Array;
}

const MOST_STEPS = 60;

/** Duality gap, relative to the objective, at which a solution is good enough. */
const GAP = 1e-9;

/** The share of the way to the nearest wall that a step takes. */
const TO_WALL = 0.995;

/**
 * Minimises the last variable of z over the rows, from a `start` that is strictly inside all of them: Mehrotra's
 * predictor-corrector interior-point method (1992) on the normal equations. Returns a z that is inside and, up to the
 * gap that rounding leaves, least.
 */
export function minimiseLast({ columns, limits }: Inequalities, start: Float64Array): Float64Array {
  const [size, count] = [columns.length, limits.length];
  let z = start.slice();
  let slack = residual(columns, limits, z);
  // On the central path of size mu, y_r = mu / slack_r; sum y a_last = -1 fixes mu.
  let pull = 0;
  for (let r = 0; r < count; r++) pull -= columns[size - 1]![r]! / slack[r]!;
  let y = slack.map((value) => 1 / (Math.max(pull, 1e-300) * value));

  for (let step = 0; step < MOST_STEPS; step++) {
    let gap = 0;
    for (let r = 0; r < count; r++) gap += y[r]! * slack[r]!;
    if (!(gap > GAP * Math.abs(z[size - 1]!))) break;
    const weights = y.map((value, r) => value / slack[r]!);
    const normal = normalMatrix(columns, weights);
    // Dual residual: A^T y + e_last, to be 0.
    const dual = columns.map((column, k) => dot(column, y) + (k === size - 1 ? 1 : 0));
    /** For the complementarity y s = wanted: A^T W A dz = -(dual) + A^T (y - wanted / s). */
    const direction = (wanted: Float64Array) => {
      const target = y.map((value, r) => value - wanted[r]! / slack[r]!);
      const dz = solveDefinite(
        normal,
        Float64Array.from(columns, (column, k) => dot(column, target) - dual[k]!),
      );
      if (dz === undefined) return undefined;
      const ds = residual(columns, new Float64Array(count), dz); // -A dz
      const dy = ds.map((value, r) => (wanted[r]! - y[r]! * value) / slack[r]! - y[r]!);
      return { dz, ds, dy };
    };
    const predictor = direction(new Float64Array(count));
    if (predictor === undefined) break;
    const [reachS, reachY] = [reach(slack, predictor.ds), reach(y, predictor.dy)];
    let ahead = 0;
    for (let r = 0; r < count; r++) {
      ahead += (slack[r]! + reachS * predictor.ds[r]!) * (y[r]! + reachY * predictor.dy[r]!);
    }
    const centring = (ahead / gap) ** 3 * (gap / count);
    const corrector = direction(slack.map((_, r) => centring - predictor.ds[r]! * predictor.dy[r]!));
    if (corrector === undefined) break;
    const { dz, ds, dy } = corrector;
    const [alongS, alongY] = [TO_WALL * reach(slack, ds), TO_WALL * reach(y, dy)];
    const next = z.map((value, k) => value + alongS * dz[k]!);
    const room = residual(columns, limits, next);
    if (!room.every((value) => value > 0)) break; // rounding has eaten the last of the room
    z = next;
    slack = room;
    y = y.map((value, r) => value + alongY * dy[r]!);
  }
  return z;
}

/** b - A z. */
function residual(columns: readonly Float64Array[], limits: Float64Array, z: Float64Array): Float64Array {
  const room = limits.slice();
  columns.forEach((column, k) => {
    for (let r = 0; r < room.length; r++) room[r]! -= column[r]! * z[k]!;
  });
  return room;
}

/** The lower half of A^T W A; a speck on the diagonal keeps it definite where columns depend on each other. */
function normalMatrix(columns: readonly Float64Array[], weights: Float64Array): readonly Float64Array[] {
  const matrix = columns.map((column, j) => {
    const weighted = column.map((value, r) => value * weights[r]!);
    return Float64Array.from(columns, (other, k) => (k <= j ? dot(weighted, other) : 0));
  });
  matrix.forEach((row, k) => (row[k]! *= 1 + 1e-13));
  return matrix;
}

/** The largest share of a step, at most 1, that keeps every value at or above 0. */
function reach(values: Float64Array, moves: Float64Array): number {
  let share = 1;
  for (let r = 0; r < values.length; r++) if (moves[r]! < 0) share = Math.min(share, -values[r]! / moves[r]!);
  return share;
}

function dot(u: Float64Array, v: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < u.length; i++) sum += u[i]! * v[i]!;
  return sum;
}
