/**
 * What plain single precision is safe for. Beyond any of these limits kernels compute in doubles:
 *   |c_i|, |d_j| <= coefficient,  |x| <= the program's radius (radius.ts),  dy = 0 or lightest <= |dy| <= heaviest
 */
export const SAFE = { coefficient: 2 ** 12, lightest: 2 ** -66, heaviest: 2 ** 16 } as const;
