import { getBackend, getKernel, unregisterKernel } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { useBackend } from '../support/backends.js';
import { emitAndLoad, specOf, arithmeticOnly } from '../support/emit.js';
import { valueAndGradients } from '../support/gradients.js';
import { SLACK, vectorCases, Worst, type VectorCase } from '../support/vectors.js';
import { className } from '../../compiler/emit/identity.js';

/** The bound of ../vectors; what is reached stands in docs. */
const UNITS = 32;

/** Every gradient at every point by itself: dc and dd are sums over the points of one call. */
async function worstError(vector: VectorCase, slack: number): Promise<Worst> {
  const { op } = await emitAndLoad(specOf(vector.basis, vector.m, vector.n, vector.denominator), arithmeticOnly);
  const worst = new Worst(slack);
  for (const point of vector.points) {
    const { y, dx, dc, dd } = valueAndGradients(op, [point.x], vector.c, vector.d);
    const at = `${vector.basis} ${vector.m}/${vector.n} ${vector.denominator} on ${getBackend()} at x = ${point.x}`;
    worst.see(y[0]!, point.y, point.sy, `y, ${at}`);
    worst.see(dx[0]!, point.dx, point.sdx, `dx, ${at}`);
    dc.forEach((value, i) => worst.see(value, point.dc[i]!, point.sdc[i]!, `dc_${i}, ${at}`));
    dd.forEach((value, j) => worst.see(value, point.dd[j]!, point.sdd[j]!, `dd_${j + 1}, ${at}`));
  }
  return worst;
}

const title = (v: VectorCase): string => `${v.basis} ${v.m}/${v.n} ${v.denominator}`;

describe('every reference vector, kernels in doubles on the cpu backend', () => {
  beforeAll(() => useBackend('cpu'));
  it.each(vectorCases.map((v) => [title(v), v] as const))('%s', async (_, vector) => {
    (await worstError(vector, SLACK.doubles)).expectWithin(UNITS);
  });
});

describe('every reference vector, composed ops in float32 on the cpu backend', () => {
  beforeAll(() => useBackend('cpu'));
  it.each(vectorCases.map((v) => [title(v), v] as const))('%s', async (_, vector) => {
    const spec = specOf(vector.basis, vector.m, vector.n, vector.denominator);
    await emitAndLoad(spec, arithmeticOnly);
    const name = `Opau${className(spec)}`;
    const kernels = [name, `${name}Grad`].map((kernel) => [kernel, getKernel(kernel, 'cpu')] as const);
    for (const [kernel, config] of kernels) if (config !== undefined) unregisterKernel(kernel, 'cpu');
    expect(getKernel(name, 'cpu')).toBeUndefined();
    (await worstError(vector, SLACK.singles)).expectWithin(UNITS);
  });
});

describe('every reference vector, composed ops on the wasm backend', () => {
  beforeAll(() => useBackend('wasm'));
  it.each(vectorCases.map((v) => [title(v), v] as const))('%s', async (_, vector) => {
    (await worstError(vector, SLACK.singles)).expectWithin(UNITS);
  });
});
