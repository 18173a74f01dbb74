/** A sum, and the sum of its terms' magnitudes. */
export interface Sum {
  sum: number;
  size: number;
}

/** dc_0 .. dc_5 and dd_1 .. dd_4 of He 5/4 sum-abs by definition, in doubles. */
export function handTerms(xs: Float32Array, dys: Float32Array, c: Float32Array, d: Float32Array): readonly Sum[] {
  const sums = Array.from({ length: 10 }, (): Sum => ({ sum: 0, size: 0 }));
  const add = (i: number, term: number): void => {
    sums[i]!.sum += term;
    sums[i]!.size += Math.abs(term);
  };
  xs.forEach((x, k) => {
    const h2 = x * x - 1;
    const h3 = x * h2 - 2 * x;
    const h4 = x * h3 - 3 * h2;
    const h = [1, x, h2, h3, h4, x * h4 - 4 * h3];
    const q = d.reduce((sum, dj, j) => sum + Math.abs(dj * h[j + 1]!), 1);
    const y = c.reduce((sum, ci, i) => sum + ci * h[i]!, 0) / q;
    const w = dys[k]! / q;
    h.forEach((hi, i) => add(i, w * hi));
    d.forEach((dj, j) => add(6 + j, -w * y * (dj < 0 ? -1 : 1) * Math.abs(h[j + 1]!)));
  });
  return sums;
}
