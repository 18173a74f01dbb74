import type { Family } from './family.js';
import { rational } from '../exact/rational.js';

/** Probabilists' Hermite: He_{k+1} = x He_k - k He_{k-1} (DLMF 18.9). */
export const hermite: Family = {
  name: 'hermite',
  aliases: ['hermite-prob'],
  title: "Hermite, probabilists'",
  write: (k) => `He_${k}(x)`,
  formula: 'He_0 = 1, He_1 = x, He_{k+1} = x He_k - k He_{k-1}',
  classPrefix: 'HermitePade',
  orthogonality: { weight: 'exp(-x^2 / 2)', interval: '(-inf, inf)' },
  home: [rational(-3), rational(3)],
  recurrence: (k) => ({ a: rational(1), b: rational(0), c: rational(k) }),
};
