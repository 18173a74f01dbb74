import type { ParametricFamily } from './parametric.js';
import { rational, ZERO } from '../exact/rational.js';

/** Gegenbauer, or ultraspherical: C_{k+1} = (2 (k+lambda) x C_k - (k+2 lambda-1) C_{k-1}) / (k+1) (DLMF 18.9). */
export const gegenbauer: ParametricFamily = {
  name: 'gegenbauer',
  parameters: [
    {
      name: 'lambda',
      example: '3/4',
      condition: 'greater than -1/2, and not 0, where every C_k but the first vanishes',
      allows: (value) => value.compare(rational(-1, 2)) > 0 && value.n !== 0n,
    },
  ],
  make: (lambda) => ({
    title: 'Gegenbauer (ultraspherical)',
    write: (k) => `C_${k}(x)`,
    formula: 'C_0 = 1, C_1 = 2 lambda x, C_{k+1} = (2 (k+lambda) x C_k - (k+2 lambda-1) C_{k-1}) / (k+1)',
    orthogonality: { weight: '(1 - x^2)^(lambda - 1/2)', interval: '[-1, 1]' },
    recurrence: (k) => ({
      a: lambda
        .add(k)
        .mul(2)
        .div(k + 1),
      b: ZERO,
      c:
        k === 0
          ? ZERO
          : lambda
              .mul(2)
              .add(k - 1)
              .div(k + 1),
    }),
  }),
};
