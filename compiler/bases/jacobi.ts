import type { ParametricFamily } from './parametric.js';
import { ONE, rational, ZERO, type Fraction } from '../exact/rational.js';

const aboveMinusOne = {
  condition: 'greater than -1, for the weight to have a finite integral',
  allows: (value: Fraction): boolean => value.compare(-1) > 0,
};

/**
 * Jacobi P_k^(alpha,beta) (DLMF 18.9.2), with s = 2k + alpha + beta and r = 2 (k+1) (s+1-k):
 *   P_{k+1} = ((s+1) (s (s+2) x + alpha^2 - beta^2) P_k - 2 (k+alpha) (k+beta) (s+2) P_{k-1}) / (r s).
 * At k = 0 it is 0 / 0 where alpha + beta is 0 or -1, so P_1 is written down; for k >= 1 no divisor is 0.
 */
export const jacobi: ParametricFamily = {
  name: 'jacobi',
  parameters: [
    { name: 'alpha', example: '1/2', ...aboveMinusOne },
    { name: 'beta', example: '-1/3', ...aboveMinusOne },
  ],
  make: (alpha, beta) => ({
    title: 'Jacobi',
    write: (k) => `P_${k}(x)`,
    formula: 'P_0 = 1, P_1 = ((alpha+beta+2) x + alpha - beta) / 2, P_{k+1} = (a x + b) P_k - c P_{k-1}',
    where: [
      'a = (s+1) (s+2) / r, b = (s+1) (alpha^2 - beta^2) / (r s), c = 2 (k+alpha) (k+beta) (s+2) / (r s)',
      'r = 2 (k+1) (s+1-k), s = 2k + alpha + beta',
    ],
    orthogonality: { weight: '(1 - x)^alpha (1 + x)^beta', interval: '[-1, 1]' },
    recurrence: (k) => {
      if (k === 0) return { a: alpha.add(beta).add(2).div(2), b: alpha.sub(beta).div(2), c: ZERO };
      const s = alpha.add(beta).add(2 * k);
      const [s1, s2] = [s.add(ONE), s.add(2)];
      const r = s1.sub(k).mul(2 * (k + 1));
      return {
        a: s1.mul(s2).div(r),
        b: s1.mul(alpha.mul(alpha).sub(beta.mul(beta))).div(r.mul(s)),
        c: rational(2).mul(alpha.add(k)).mul(beta.add(k)).mul(s2).div(r.mul(s)),
      };
    },
  }),
};
