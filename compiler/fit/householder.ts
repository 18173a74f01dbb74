/** A column-major matrix: one Float64Array a column. */
export type Columns = readonly Float64Array[];

/** The QR factorisation of a tall matrix by Householder reflections (Golub and Van Loan, 4th ed., 5.2). */
export interface Factorisation {
  /** Replaces v by Q^T v. */
  readonly rotate: (v: Float64Array) => void;
  /** The x with R x = the head of a rotated vector. */
  readonly solve: (rotated: Float64Array) => Float64Array;
}

/** Overwrites the columns with the reflectors. */
export function factorise(columns: Columns): Factorisation {
  const size = columns.length;
  const diagonal = new Float64Array(size);
  const upper = columns.map(() => new Float64Array(size));

  const reflect = (k: number, v: Float64Array): void => {
    const reflector = columns[k]!;
    let dot = 0;
    for (let i = k; i < v.length; i++) dot += reflector[i]! * v[i]!;
    for (let i = k; i < v.length; i++) v[i]! -= dot * reflector[i]!;
  };

  for (let k = 0; k < size; k++) {
    const column = columns[k]!;
    for (let j = 0; j < k; j++) {
      reflect(j, column);
      upper[j]![k] = column[j]!;
    }
    let square = 0;
    for (let i = k; i < column.length; i++) square += column[i]! * column[i]!;
    const norm = column[k]! > 0 ? -Math.sqrt(square) : Math.sqrt(square);
    diagonal[k] = norm;
    if (norm === 0) continue;
    // The reflector is scaled so that H = I - v v^T: v^T v = 2 norm (norm - a_kk) before scaling.
    const scale = 1 / Math.sqrt(norm * (norm - column[k]!));
    column[k]! -= norm;
    for (let i = k; i < column.length; i++) column[i]! *= scale;
  }

  return {
    rotate: (v) => {
      for (let k = 0; k < size; k++) reflect(k, v);
    },
    solve: (rotated) => {
      const x = new Float64Array(size);
      for (let k = size - 1; k >= 0; k--) {
        let sum = rotated[k]!;
        for (let j = k + 1; j < size; j++) sum -= upper[k]![j]! * x[j]!;
        x[k] = diagonal[k] === 0 ? 0 : sum / diagonal[k]!;
      }
      return x;
    },
  };
}

/** Solves A x = b for a symmetric positive definite A by Cholesky's factorisation; undefined where A is not. */
export function solveDefinite(a: readonly Float64Array[], b: Float64Array): Float64Array | undefined {
  const lower = a.map((row) => row.slice());
  const x = b.slice();
  for (let i = 0; i < x.length; i++) {
    const row = lower[i]!;
    for (let j = 0; j <= i; j++) {
      let sum = row[j]!;
      for (let k = 0; k < j; k++) sum -= row[k]! * lower[j]![k]!;
      if (i === j && !(sum > 0)) return undefined;
      row[j] = i === j ? Math.sqrt(sum) : sum / lower[j]![j]!;
    }
    for (let k = 0; k < i; k++) x[i]! -= row[k]! * x[k]!;
    x[i]! /= row[i]!;
  }
  for (let i = x.length - 1; i >= 0; i--) {
    for (let k = i + 1; k < x.length; k++) x[i]! -= lower[k]![i]! * x[k]!;
    x[i]! /= lower[i]![i]!;
  }
  return x;
}
