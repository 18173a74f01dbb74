import type { Family } from './family.js';
import { rational } from '../exact/rational.js';

/** Physicists' Hermite: H_1 = 2x, H_{k+1} = 2x H_k - 2k H_{k-1} (DLMF 18.9). */
export const hermitePhys: Family = {
  name: 'hermite-phys',
  title: "Hermite, physicists'",
  write: (k) => `H_${k}(x)`,
  formula: 'H_0 = 1, H_1 = 2x, H_{k+1} = 2x H_k - 2k H_{k-1}',
  classPrefix: 'HermitePhysPade',
  orthogonality: { weight: 'exp(-x^2)', interval: '(-inf, inf)' },
  home: [rational(-2), rational(2)],
  recurrence: (k) => ({ a: rational(2), b: rational(0), c: rational(2 * k) }),
};
