import { solveDefinite } from './householder.js';

/** Rows a_r . z <= b_r, column-major: columns[k][r] is the coefficient of z_k in row r. */
export interface Inequalities {
  readonly columns: readonly Float64Array[];
  readonly limits: Float64Array;
}

const MOST_STEPS = 60;

/** Duality gap, relative to the objective, and violation, relative to the rows' limits, at which a solution is good enough. */
const GAP = 1e-8;
const VIOLATION = 1e-9;

/** The share of the way to the nearest wall that a step takes. */
const TO_WALL = 0.995;

/** The least slack of a row at the start, relative to the usual one: near a wall the first steps would lead nowhere. */
const LEAST_SLACK = 1e-2;

/**
 * Minimises the last variable of z over the rows: Mehrotra's predictor-corrector interior-point method (1992) on the
 * normal equations. The `start` need not be inside, only of the right size. Undefined where no solution is found.
 */
export function minimiseLast({ columns, limits }: Inequalities, start: Float64Array): Float64Array | undefined {
  const [size, count] = [columns.length, limits.length];
  const objective = size - 1;
  let z = start.slice();
  const room = limits.slice(); // b - A z
  subtractProduct(room, columns, z);
  const usual = Math.abs(z[objective]!);
  const slack = room.map((value) => Math.max(value, LEAST_SLACK * usual));
  // On the central path of size mu, y_r = mu / slack_r; sum y a_last = -1 fixes mu.
  let pull = 0;
  for (let r = 0; r < count; r++) pull -= columns[objective]![r]! / slack[r]!;
  const y = slack.map((value) => 1 / (Math.max(pull, 1e-300) * value));

  const [weights, shift, ds, dy, wrong] = [0, 0, 0, 0, 0].map(() => new Float64Array(count)) as Vectors;
  const normal = columns.map(() => new Float64Array(size));
  for (let step = 0; step < MOST_STEPS; step++) {
    const gap = dot(y, slack);
    let violation = 0;
    for (let r = 0; r < count; r++) {
      wrong[r] = room[r]! - slack[r]!;
      violation = Math.max(violation, -room[r]!);
    }
    if (gap <= GAP * Math.abs(z[objective]!) && violation <= VIOLATION * usual) return z;
    for (let r = 0; r < count; r++) weights[r] = y[r]! / slack[r]!;
    fillNormal(normal, columns, weights);
    // Dual residual: A^T y + e_last, to be 0.
    const dual = columns.map((column, k) => dot(column, y) + (k === objective ? 1 : 0));
    /** For y s = wanted and A z + s = b: A^T W A dz = -dual - A^T (wanted / s - y - W (b - A z - s)). Fills ds and dy. */
    const direct = (wanted: (r: number) => number): Float64Array | undefined => {
      for (let r = 0; r < count; r++) shift[r] = wanted(r) / slack[r]! - y[r]! - weights[r]! * wrong[r]!;
      const right = Float64Array.from(columns, (column, k) => -dot(column, shift) - dual[k]!);
      const dz = solveDefinite(normal, right);
      if (dz === undefined) return undefined;
      ds.set(wrong);
      subtractProduct(ds, columns, dz);
      for (let r = 0; r < count; r++) dy[r] = wanted(r) / slack[r]! - y[r]! - weights[r]! * ds[r]!;
      return dz;
    };
    if (direct(() => 0) === undefined) return undefined;
    const [reachS, reachY] = [reach(slack, ds), reach(y, dy)];
    let ahead = 0;
    for (let r = 0; r < count; r++) ahead += (slack[r]! + reachS * ds[r]!) * (y[r]! + reachY * dy[r]!);
    const share = ahead / gap;
    const centring = (share * share * share * gap) / count;
    const affine = ds.map((value, r) => value * dy[r]!);
    const dz = direct((r) => centring - affine[r]!);
    if (dz === undefined) return undefined;
    const [alongS, alongY] = [TO_WALL * reach(slack, ds), TO_WALL * reach(y, dy)];
    z = z.map((value, k) => value + alongS * dz[k]!);
    room.set(limits);
    subtractProduct(room, columns, z);
    for (let r = 0; r < count; r++) {
      slack[r]! += alongS * ds[r]!;
      y[r]! += alongY * dy[r]!;
    }
  }
  return undefined;
}

type Vectors = [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];

/** v - A z in v's place. */
function subtractProduct(v: Float64Array, columns: readonly Float64Array[], z: Float64Array): void {
  for (let k = 0; k < columns.length; k++) {
    const [column, factor] = [columns[k]!, z[k]!];
    for (let r = 0; r < v.length; r++) v[r]! -= column[r]! * factor;
  }
}

/** The lower half of A^T W A; a speck on the diagonal keeps it definite where columns depend on each other. */
function fillNormal(normal: readonly Float64Array[], columns: readonly Float64Array[], weights: Float64Array): void {
  for (let j = 0; j < columns.length; j++) {
    const weighted = columns[j]!.slice();
    for (let r = 0; r < weighted.length; r++) weighted[r]! *= weights[r]!;
    for (let k = 0; k <= j; k++) normal[j]![k] = dot(weighted, columns[k]!);
    normal[j]![j]! *= 1 + 1e-13;
  }
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
