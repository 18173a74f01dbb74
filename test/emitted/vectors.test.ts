import { getBackend, getKernel, unregisterKernel } from '@tensorflow/tfjs-core';
import { beforeAll, describe, it } from 'vitest';
import { useBackend } from '../support/backends.js';
import { emitAndLoad, specOf, arithmeticOnly } from '../support/emit.js';
import { SLACK, UNITS, type VectorCase } from '../support/units.js';
import { worstError } from '../support/vector-errors.js';
import { vectorCases } from '../support/vectors.js';
import { className } from '../../compiler/emit/identity.js';

/** A whole turn of the wasm kernels' vectors; fewer elements run one by one. */
const BLOCK = 16;

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
