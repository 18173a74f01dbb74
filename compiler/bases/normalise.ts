import { MAX_DEGREE, type Family } from './family.js';
import { UsageError } from '../errors.js';
import { ONE, type Fraction } from '../exact/rational.js';
import { nearestSquareRoot } from '../exact/square-root.js';

/**
 * The orthonormal family s_k f_k: the mean of its squares under the family's weight, whose integral is taken as 1, is 1,
 * so that s_0 = 1. With h_k the mean of f_k^2, h_k / h_{k-1} = c_k a_{k-1} / a_k (the mean of x f_k f_{k-1}, taken in two
 * ways), and s_k is the float64 nearest to 1 / sqrt(h_k), from there on an exact rational. Throws UsageError where an
 * h_k is not positive: then no weight makes the family orthogonal (Favard's theorem).
 */
export function normalised(family: Family): Family {
  const scale = scalesOf(family);
  const bare = family.write('k').replace(/\([xu]\)$/, '');
  const weight = family.orthogonality?.weight ?? 'its weight';
  return {
    ...family,
    write: (k) => withTilde(family.write(k)),
    where: [
      ...(family.where ?? []),
      `${withTilde(bare)} = ${bare} / sqrt(mean of ${bare}^2 under ${weight}), rounded to float64`,
    ],
    recurrence: (k) => {
      const { a, b, c } = family.recurrence(k);
      const up = scale(k + 1).div(scale(k));
      return { a: a.mul(up), b: b.mul(up), c: k === 0 ? c : c.mul(scale(k + 1)).div(scale(k - 1)) };
    },
  };
}

/** s_0, s_1, and so on: all that degrees may need at once, so that what cannot be normalised is refused here. */
function scalesOf(family: Family): (k: number) => Fraction {
  const scales = [ONE];
  let square = ONE; // h_k of the last
  const scale = (index: number): Fraction => {
    for (let k = scales.length; k <= index; k++) {
      const { a, c } = family.recurrence(k);
      square = square
        .mul(c)
        .mul(family.recurrence(k - 1).a)
        .div(a);
      if (square.compare(0) <= 0) {
        throw new UsageError(
          `the basis ${family.name} cannot be normalised: no weight makes its polynomial of degree ${k} orthogonal to ` +
            'those below; leave --normalise out, and use --domain a,b to bring all to the size they have on [-1, 1]',
        );
      }
      scales.push(nearestSquareRoot(square.inverse()));
    }
    return scales[index]!;
  };
  scale(MAX_DEGREE);
  return scale;
}

/** `T~_k(x)` for `T_k(x)`. */
const withTilde = (text: string): string => text.replace('_', '~_');
