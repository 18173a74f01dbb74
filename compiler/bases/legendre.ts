import type { Family } from './family.js';
import { rational } from '../exact/rational.js';

/** P_{k+1} = ((2k+1) x P_k - k P_{k-1}) / (k+1) (DLMF 18.9). */
export const legendre: Family = {
  name: 'legendre',
  title: 'Legendre',
  write: (k) => `P_${k}(x)`,
  formula: 'P_0 = 1, P_1 = x, P_{k+1} = ((2k+1) x P_k - k P_{k-1}) / (k+1)',
  classPrefix: 'LegendrePade',
  orthogonality: { weight: '1', interval: '[-1, 1]' },
  recurrence: (k) => ({ a: rational(2 * k + 1, k + 1), b: rational(0), c: rational(k, k + 1) }),
};
