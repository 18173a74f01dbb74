import { abs, add, div, mul, sub, unstack, type Tensor } from '@tensorflow/tfjs-core';

/** He 5/4 sum-abs as a person writes it down in tf ops, for tfjs to differentiate. */
export function composedF(x: Tensor, c: Tensor, d: Tensor): Tensor {
  const [cs, ds] = [unstack(c), unstack(d)];
  const h2 = sub(mul(x, x), 1);
  const h3 = sub(mul(x, h2), mul(x, 2));
  const h4 = sub(mul(x, h3), mul(h2, 3));
  const h5 = sub(mul(x, h4), mul(h3, 4));
  const h = [x, h2, h3, h4, h5];
  const p = h.reduce((sum, f, i) => add(sum, mul(cs[i + 1]!, f)), cs[0]!);
  const q = ds.reduce<Tensor>((sum, dj, j) => add(sum, abs(mul(dj, h[j]!))), add(mul(x, 0), 1));
  return div(p, q);
}
