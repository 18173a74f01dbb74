import { getBackend } from '@tensorflow/tfjs-core';
import { arithmeticOnly, emitAndLoad, specOf } from './emit.js';
import { valueAndGradients } from './gradients.js';
import { Worst, type VectorCase } from './units.js';

/**
 * Every gradient at every point by itself: dc and dd are sums over the points of one call. Copies of a point, a power of
 * two of them, weigh so much less, and change nothing but the path through the kernel.
 */
export async function worstError(vector: VectorCase, slack: number, copies = 1): Promise<Worst> {
  const { op } = await emitAndLoad(specOf(vector.basis, vector.m, vector.n, vector.denominator), arithmeticOnly);
  const worst = new Worst(slack);
  for (const point of vector.points) {
    const [xs, dys] = [point.x, 1 / copies].map((value) => Array<number>(copies).fill(value));
    const { y, dx, dc, dd } = valueAndGradients(op, xs!, vector.c, vector.d, dys);
    const at = `${vector.basis} ${vector.m}/${vector.n} ${vector.denominator} on ${getBackend()} at x = ${point.x}`;
    worst.see(y[0]!, point.y, point.sy, `y, ${at}`);
    worst.see(dx[0]! * copies, point.dx, point.sdx, `dx, ${at}`);
    dc.forEach((value, i) => worst.see(value, point.dc[i]!, point.sdc[i]!, `dc_${i}, ${at}`));
    dd.forEach((value, j) => worst.see(value, point.dd[j]!, point.sdd[j]!, `dd_${j + 1}, ${at}`));
  }
  return worst;
}
