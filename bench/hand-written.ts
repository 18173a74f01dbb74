/** He 5/4 sum-abs as a careful person would unroll it by hand, in doubles, without regard to overflow. */
export function handForward(xs: Float32Array, c: Float32Array, d: Float32Array, ys: Float32Array): Float32Array {
  const [c0, c1, c2, c3, c4, c5] = c as unknown as [number, number, number, number, number, number];
  const [a1, a2, a3, a4] = Array.from(d, Math.abs) as [number, number, number, number];
  for (let k = 0; k < xs.length; k++) {
    const x = xs[k]!;
    const h2 = x * x - 1;
    const h3 = x * h2 - 2 * x;
    const h4 = x * h3 - 3 * h2;
    const h5 = x * h4 - 4 * h3;
    const q = 1 + a1 * Math.abs(x) + a2 * Math.abs(h2) + a3 * Math.abs(h3) + a4 * Math.abs(h4);
    ys[k] = (c0 + c1 * x + c2 * h2 + c3 * h3 + c4 * h4 + c5 * h5) / q;
  }
  return ys;
}

/** Its gradients: dx an element, dc and dd summed over all. */
export function handBackward(
  xs: Float32Array,
  dys: Float32Array,
  c: Float32Array,
  d: Float32Array,
  dxs: Float32Array,
  dc: Float32Array,
  dd: Float32Array,
): void {
  const [c0, c1, c2, c3, c4, c5] = c as unknown as [number, number, number, number, number, number];
  const [a1, a2, a3, a4] = Array.from(d, Math.abs) as [number, number, number, number];
  let [g0, g1, g2, g3, g4, g5, s1, s2, s3, s4] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
  for (let k = 0; k < xs.length; k++) {
    const x = xs[k]!;
    const h2 = x * x - 1;
    const h3 = x * h2 - 2 * x;
    const h4 = x * h3 - 3 * h2;
    const h5 = x * h4 - 4 * h3;
    const [m1, m2, m3, m4] = [Math.abs(x), Math.abs(h2), Math.abs(h3), Math.abs(h4)];
    const r = 1 / (1 + a1 * m1 + a2 * m2 + a3 * m3 + a4 * m4);
    const y = (c0 + c1 * x + c2 * h2 + c3 * h3 + c4 * h4 + c5 * h5) * r;
    const dp = c1 + 2 * c2 * x + 3 * c3 * h2 + 4 * c4 * h3 + 5 * c5 * h4;
    const dq =
      (x < 0 ? -a1 : a1) + (h2 < 0 ? -a2 : a2) * 2 * x + (h3 < 0 ? -a3 : a3) * 3 * h2 + (h4 < 0 ? -a4 : a4) * 4 * h3;
    const w = dys[k]! * r;
    const v = -w * y;
    dxs[k] = w * (dp - y * dq);
    g0 += w;
    g1 += w * x;
    g2 += w * h2;
    g3 += w * h3;
    g4 += w * h4;
    g5 += w * h5;
    s1 += v * m1;
    s2 += v * m2;
    s3 += v * m3;
    s4 += v * m4;
  }
  dc.set([g0, g1, g2, g3, g4, g5]);
  dd.set([s1, s2, s3, s4].map((sum, j) => (d[j]! < 0 ? -sum : sum)));
}
