import type { Columns } from './householder.js';

const MOST_SWEEPS = 30;

/** Below this the columns count as orthogonal. */
const ORTHOGONAL = 1e-14;

/**
 * The condition number of a matrix whose columns are first scaled to norm 1 (within a factor of sqrt(columns) the best
 * that any scaling gives: van der Sluis 1969), by one-sided Jacobi rotations (Golub and Van Loan, 4th ed., 8.6.3).
 */
export function conditionNumber(matrix: Columns): number {
  const columns = matrix.map((column) => {
    const norm = Math.sqrt(dot(column, column));
    return column.map((value) => value / norm);
  });
  for (let sweep = 0, rotated = true; rotated && sweep < MOST_SWEEPS; sweep++) {
    rotated = false;
    for (let j = 1; j < columns.length; j++) {
      for (let k = 0; k < j; k++) rotated = rotate(columns[k]!, columns[j]!) || rotated;
    }
  }
  const norms = columns.map((column) => Math.sqrt(dot(column, column)));
  return Math.max(...norms) / Math.min(...norms);
}

/** Makes two columns orthogonal; false where they were. */
function rotate(u: Float64Array, v: Float64Array): boolean {
  const [uu, vv, uv] = [dot(u, u), dot(v, v), dot(u, v)];
  if (Math.abs(uv) <= ORTHOGONAL * Math.sqrt(uu * vv)) return false;
  const zeta = (vv - uu) / (2 * uv);
  const tangent = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
  const cosine = 1 / Math.sqrt(1 + tangent * tangent);
  const sine = cosine * tangent;
  for (let i = 0; i < u.length; i++) {
    const [a, b] = [u[i]!, v[i]!];
    u[i] = cosine * a - sine * b;
    v[i] = sine * a + cosine * b;
  }
  return true;
}

function dot(u: Float64Array, v: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < u.length; i++) sum += u[i]! * v[i]!;
  return sum;
}
