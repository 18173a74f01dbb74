/** Where an activation is evaluated, and dF's weights. */
export interface Case {
  readonly x: readonly number[];
  readonly dy: readonly number[];
  readonly c: readonly number[];
  readonly d: readonly number[];
}

/** A true value, and the size by which an error of it is judged: the sum of its terms' magnitudes. */
export interface Judged {
  readonly value: number;
  readonly size: number;
}

export interface Truth {
  readonly y: readonly Judged[];
  readonly dx: readonly Judged[];
  readonly dc: readonly Judged[];
  readonly dd: readonly Judged[];
}

/**
 * F = P / Q on probabilists' Hermite polynomials with Q = 1 + sum_j |d_j He_j|, and its gradients, in doubles. Written down
 * from the definition and He_k' = k He_{k-1}, apart from the compiler and from the runtime: it judges them.
 */
export function hermiteSumAbs({ x, dy, c, d }: Case): Truth {
  const zero = { value: 0, size: 0 };
  const [dc, dd] = [c.map(() => zero), d.map(() => zero)];
  const [y, dx]: [Judged[], Judged[]] = [[], []];
  x.forEach((xk, k) => {
    const he = hermites(xk, Math.max(c.length - 1, d.length));
    const slope = he.map((_, i) => (i === 0 ? 0 : i * he[i - 1]!));
    const p = total(c.map((ci, i) => ci * he[i]!));
    const q = 1 + total(d.map((dj, j) => Math.abs(dj * he[j + 1]!))).value;
    const [value, size] = [p.value / q, p.size / q];
    y.push({ value, size });

    const dp = total(c.map((ci, i) => ci * slope[i]!));
    const dq = total(d.map((dj, j) => Math.abs(dj) * sgn(he[j + 1]!) * slope[j + 1]!));
    const w = dy[k]! / q;
    dx.push({ value: w * (dp.value - value * dq.value), size: Math.abs(w) * (dp.size + size * dq.size) });
    dc.forEach((sum, i) => (dc[i] = plus(sum, w * he[i]!, Math.abs(w * he[i]!))));
    dd.forEach((sum, j) => {
      const term = w * Math.abs(he[j + 1]!);
      dd[j] = plus(sum, -term * value * sgn(d[j]!), Math.abs(term) * size);
    });
  });
  return { y, dx, dc, dd };
}

/** sgn(0) = +1: a denominator that starts at 0 trains. */
const sgn = (v: number): number => (v < 0 ? -1 : 1);

function hermites(x: number, top: number): readonly number[] {
  const he = [1, x];
  for (let k = 1; k < top; k++) he.push(x * he[k]! - k * he[k - 1]!);
  return he;
}

const plus = ({ value, size }: Judged, term: number, magnitude: number): Judged => ({
  value: value + term,
  size: size + magnitude,
});

const total = (terms: readonly number[]): Judged =>
  terms.reduce<Judged>((sum, term) => plus(sum, term, Math.abs(term)), { value: 0, size: 0 });
