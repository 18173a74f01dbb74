import type { Family } from './family.js';
import { rational } from '../exact/rational.js';

/** T_1 = x, T_{k+1} = 2x T_k - T_{k-1} (DLMF 18.9). */
export const chebyshevT: Family = {
  name: 'chebyshev-t',
  title: 'Chebyshev, first kind',
  write: (k) => `T_${k}(x)`,
  formula: 'T_0 = 1, T_1 = x, T_{k+1} = 2x T_k - T_{k-1}',
  classPrefix: 'ChebyshevTPade',
  orthogonality: { weight: '1 / sqrt(1 - x^2)', interval: '[-1, 1]' },
  recurrence: (k) => ({ a: rational(k === 0 ? 1 : 2), b: rational(0), c: rational(k === 0 ? 0 : 1) }),
};
