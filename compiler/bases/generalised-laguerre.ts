import type { ParametricFamily } from './parametric.js';
import { rational, ZERO } from '../exact/rational.js';

/** Generalised Laguerre L_k^(alpha): L_{k+1} = ((2k+1+alpha-x) L_k - (k+alpha) L_{k-1}) / (k+1) (DLMF 18.9). */
export const generalisedLaguerre: ParametricFamily = {
  name: 'laguerre',
  parameters: [
    {
      name: 'alpha',
      example: '1/2',
      condition: 'greater than -1, for the weight to have a finite integral',
      allows: (value) => value.compare(-1) > 0,
    },
  ],
  make: (alpha) => ({
    title: 'Laguerre, generalised',
    write: (k) => `L_${k}(x)`,
    formula: 'L_0 = 1, L_1 = 1 + alpha - x, L_{k+1} = ((2k+1+alpha-x) L_k - (k+alpha) L_{k-1}) / (k+1)',
    orthogonality: { weight: 'x^alpha exp(-x)', interval: '[0, inf)' },
    home: [ZERO, alpha.mul(2).add(6)],
    recurrence: (k) => ({
      a: rational(-1, k + 1),
      b: alpha.add(2 * k + 1).div(k + 1),
      c: alpha.add(k).div(k + 1),
    }),
  }),
};
