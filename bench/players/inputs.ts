import { hermitePade5x4 } from '../../generated/hermite-5-4.js';

/** The same numbers for all players: x over the whole useful range, dy, and the fitted coefficients. */
export const xs = (n: number): Float32Array<ArrayBuffer> =>
  filled(n, (k) => 6 * Math.sin(k * 1.37) * Math.cos(k * 0.11));
export const dys = (n: number): Float32Array<ArrayBuffer> => filled(n, (k) => Math.cos(k * 0.77));

/** Float32Array.from would hold all numbers in doubles first: too many at 1e8. */
function filled(n: number, value: (k: number) => number): Float32Array<ArrayBuffer> {
  const values = new Float32Array(n);
  for (let k = 0; k < n; k++) values[k] = value(k);
  return values;
}

export const [c, d] = [hermitePade5x4.spec.initial.c, hermitePade5x4.spec.initial.d].map((values) =>
  Float32Array.from(values),
) as [Float32Array<ArrayBuffer>, Float32Array<ArrayBuffer>];
