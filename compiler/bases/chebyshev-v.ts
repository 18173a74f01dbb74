import type { Family } from './family.js';
import { rational } from '../exact/rational.js';

/**
 * Third kind: V_1 = 2x - 1, V_{k+1} = 2x V_k - V_{k-1}, V_k(cos t) = cos((k + 1/2) t) / cos(t / 2) (Mason and Handscomb,
 * Chebyshev Polynomials, 2003, 1.2.3). Some authors call it W.
 */
export const chebyshevV: Family = {
  name: 'chebyshev-v',
  title: 'Chebyshev, third kind',
  write: (k) => `V_${k}(x)`,
  formula: 'V_0 = 1, V_1 = 2x - 1, V_{k+1} = 2x V_k - V_{k-1}',
  classPrefix: 'ChebyshevVPade',
  orthogonality: { weight: 'sqrt((1 + x) / (1 - x))', interval: '[-1, 1]' },
  recurrence: (k) => ({ a: rational(2), b: rational(k === 0 ? -1 : 0), c: rational(k === 0 ? 0 : 1) }),
};
