import { abs, add, div, mul, sub, unstack, type Tensor } from '@tensorflow/tfjs-core';
import { findFamily } from '../../compiler/bases/index.js';

/** F written down plainly in tf ops, for tfjs to differentiate: no stabilising, tfjs's own abs. Kinks differ. */
export const referenceOp =
  (basis: string, denominator: string) =>
  (x: Tensor, c: Tensor, d: Tensor): Tensor => {
    const [cs, ds] = [unstack(c), unstack(d)];
    const f = basisValues(basis, x, Math.max(cs.length - 1, ds.length));
    const sum = (terms: readonly Tensor[]): Tensor => terms.reduce((total, term) => add(total, term));
    const terms = ds.map((dj, j) => mul(dj, f[j + 1]!));
    const tail =
      denominator === 'sum-abs'
        ? sum(terms.map((term) => abs(term)))
        : denominator === 'abs-sum'
          ? abs(sum(terms))
          : sum(terms);
    return div(sum(cs.map((ci, i) => mul(ci, f[i]!))), add(1, tail));
  };

function basisValues(basis: string, x: Tensor, top: number): readonly Tensor[] {
  const family = findFamily(basis)!;
  const f: Tensor[] = [add(mul(x, 0), 1)];
  for (let k = 0; k < top; k++) {
    const { a, b, c } = family.recurrence(k);
    const rising = mul(add(mul(x, a.valueOf()), b.valueOf()), f[k]!);
    f.push(k === 0 ? rising : sub(rising, mul(f[k - 1]!, c.valueOf())));
  }
  return f;
}
