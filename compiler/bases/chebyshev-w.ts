import type { Family } from './family.js';
import { rational } from '../exact/rational.js';

/**
 * Fourth kind: W_1 = 2x + 1, W_{k+1} = 2x W_k - W_{k-1}, W_k(cos t) = sin((k + 1/2) t) / sin(t / 2) (Mason and Handscomb,
 * Chebyshev Polynomials, 2003, 1.2.3). Some authors call it V.
 */
export const chebyshevW: Family = {
  name: 'chebyshev-w',
  title: 'Chebyshev, fourth kind',
  write: (k) => `W_${k}(x)`,
  formula: 'W_0 = 1, W_1 = 2x + 1, W_{k+1} = 2x W_k - W_{k-1}',
  classPrefix: 'ChebyshevWPade',
  orthogonality: { weight: 'sqrt((1 - x) / (1 + x))', interval: '[-1, 1]' },
  recurrence: (k) => ({ a: rational(2), b: rational(k === 0 ? 1 : 0), c: rational(k === 0 ? 0 : 1) }),
};
