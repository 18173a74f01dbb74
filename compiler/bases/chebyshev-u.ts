import type { Family } from './family.js';
import { rational } from '../exact/rational.js';

/** U_1 = 2x, U_{k+1} = 2x U_k - U_{k-1} (DLMF 18.9). */
export const chebyshevU: Family = {
  name: 'chebyshev-u',
  title: 'Chebyshev, second kind',
  write: (k) => `U_${k}(x)`,
  formula: 'U_0 = 1, U_1 = 2x, U_{k+1} = 2x U_k - U_{k-1}',
  classPrefix: 'ChebyshevUPade',
  orthogonality: { weight: 'sqrt(1 - x^2)', interval: '[-1, 1]' },
  recurrence: (k) => ({ a: rational(2), b: rational(0), c: rational(k === 0 ? 0 : 1) }),
};
