import type { Family } from './family.js';
import { rational } from '../exact/rational.js';

/** x^{k+1} = x x^k. With it an activation is a plain Padé unit (PAU, arXiv 1907.06732). */
export const monomial: Family = {
  name: 'monomial',
  title: 'Monomial (Padé)',
  write: (k) => `x^${k}`,
  formula: 'x^0 = 1, x^{k+1} = x x^k',
  classPrefix: 'Pade',
  recurrence: () => ({ a: rational(1), b: rational(0), c: rational(0) }),
};
