import { getBackend, getKernel, unregisterKernel } from '@tensorflow/tfjs-core';
import { beforeAll, describe, it } from 'vitest';
import { useBackend } from '../support/backends.js';
import { emitAndLoad, specOf, arithmeticOnly } from '../support/emit.js';
import { valueAndGradients } from '../support/gradients.js';
import { SLACK, Worst, type VectorCase } from '../support/units.js';
import { vectorCases } from '../support/vectors.js';
import { className } from '../../compiler/emit/identity.js';

/** The bound of ../vectors; what is reached stands in docs. */
const UNITS = 32;

/** A whole turn of the wasm kernels' vectors; fewer elements run one by one. */
const BLOCK = 16;

/**
 * Every gradient at every point by itself: dc and dd are sums over the points of one call. Copies of a point, a power of
 * two of them, weigh so much less, and change nothing but the path through the kernel.
 */
async function worstError(vector: VectorCase, slack: number, copies = 1): Promise<Worst> {
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

const title = (v: VectorCase): string => `${v.basis} ${v.m}/${v.n} ${v.denominator}`;

describe('every reference vector, kernels in doubles on the cpu backend', () => {
  beforeAll(() => useBackend('cpu'));
  it.each(vectorCases.map((v) => [title(v), v] as const))('%s', async (_, vector) => {
    (await worstError(vector, SLACK.doubles)).expectWithin(UNITS);
  });
});

/** Leaves the composed form of an activation's op on the current backend. */
async function unregisterKernels(vector: VectorCase): Promise<void> {
  const spec = specOf(vector.basis, vector.m, vector.n, vector.denominator);
  await emitAndLoad(spec, arithmeticOnly);
  const name = `Opau${className(spec)}`;
  for (const kernel of [name, `${name}Grad`]) {
    if (getKernel(kernel, getBackend()) !== undefined) unregisterKernel(kernel, getBackend());
  }
}

describe('every reference vector, kernels on the wasm backend', () => {
  beforeAll(() => useBackend('wasm'));
  it.each(vectorCases.map((v) => [title(v), v] as const))('%s, one element: in doubles', async (_, vector) => {
    (await worstError(vector, SLACK.doubles)).expectWithin(UNITS);
  });
  it.each(vectorCases.map((v) => [title(v), v] as const))(
    '%s, a block: in float32 vectors where that is safe',
    async (_, vector) => {
      (await worstError(vector, SLACK.singles, BLOCK)).expectWithin(UNITS);
    },
  );
});

describe.each(['cpu', 'wasm'])('every reference vector, composed ops in float32 on the %s backend', (backend) => {
  beforeAll(() => useBackend(backend));
  it.each(vectorCases.map((v) => [title(v), v] as const))('%s', async (_, vector) => {
    await unregisterKernels(vector);
    (await worstError(vector, SLACK.singles)).expectWithin(UNITS);
  });
});
