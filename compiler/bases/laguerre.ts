import type { Family } from './family.js';
import { rational } from '../exact/rational.js';

/** L_1 = 1 - x, L_{k+1} = ((2k+1-x) L_k - k L_{k-1}) / (k+1) (DLMF 18.9). */
export const laguerre: Family = {
  name: 'laguerre',
  title: 'Laguerre',
  write: (k) => `L_${k}(x)`,
  formula: 'L_0 = 1, L_1 = 1 - x, L_{k+1} = ((2k+1-x) L_k - k L_{k-1}) / (k+1)',
  classPrefix: 'LaguerrePade',
  orthogonality: { weight: 'exp(-x)', interval: '[0, inf)' },
  home: [rational(0), rational(6)],
  recurrence: (k) => ({ a: rational(-1, k + 1), b: rational(2 * k + 1, k + 1), c: rational(k, k + 1) }),
};
