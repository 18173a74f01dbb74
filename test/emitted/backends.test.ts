import { getKernel } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { command, specHash } from '../../compiler/emit/identity.js';
import { parseTarget } from '../../compiler/fit/targets.js';
import { generate } from '../../compiler/generate.js';
import { BACKENDS as KERNELS, defineSpec } from '../../compiler/spec.js';
import { BACKENDS, useBackend } from '../support/backends.js';
import { arithmeticOnly, emitAndLoad } from '../support/emit.js';
import { valueAndGradients } from '../support/gradients.js';
import { referenceOp } from '../support/reference.js';

/** Each subset has a class of its own: kernels are registered by its name, and stay. */
const SUBSETS: [m: number, backends: string[]][] = [
  [2, ['cpu']],
  [3, ['cpu', 'wasm']],
  [4, ['cpu', 'webgpu']],
  [5, ['cpu', 'webgl']],
  [6, ['cpu', 'wasm', 'webgl']],
];
const specOf = (m: number, backends?: readonly string[]) =>
  defineSpec({ basis: 'legendre', m, n: 2, target: parseTarget('tanh'), ...(backends && { backends }) });

const X = [-1.83, -0.61, 0.27, 0.93, 1.37];
const DY = [1, -0.5, 2, 0.25, -1];
const D = [0.11, -0.07];

describe.each(SUBSETS)('degree %i, kernels of %j', (m, backends) => {
  const C = [0.3, -0.7, 0.41, 0.2, -0.1, 0.05, 0.02].slice(0, m + 1);

  it('registers those kernels and no others', async () => {
    await emitAndLoad(specOf(m, backends), arithmeticOnly);
    for (const name of KERNELS) {
      for (const kernel of [`OpauLegendrePade${m}x2`, `OpauLegendrePade${m}x2Grad`]) {
        expect(getKernel(kernel, name) !== undefined, `${kernel} on ${name}`).toBe(backends.includes(name));
      }
    }
  });

  describe.each(BACKENDS)('on %s', (backend) => {
    beforeAll(() => useBackend(backend));

    it('has the right value and gradients', async () => {
      const { op } = await emitAndLoad(specOf(m, backends), arithmeticOnly);
      const ours = valueAndGradients(op, X, C, D, DY);
      const theirs = valueAndGradients(referenceOp('legendre', 'sum-abs'), X, C, D, DY);
      for (const part of ['y', 'dx', 'dc', 'dd'] as const) {
        expect(ours[part]).toHaveLength(theirs[part].length);
        ours[part].forEach((value, i) => expect(value).toBeCloseTo(theirs[part][i]!, 4));
      }
    });
  });

  it('holds no more than it uses, and says how it was made', () => {
    const [subset, whole] = [specOf(m, backends), specOf(m)].map((spec) => ({
      spec,
      text: [...generate(spec, arithmeticOnly).files.values()][0]!,
    }));
    // webgpu and webgl share their text: it goes when both do.
    const shaders = backends.some((name) => name.startsWith('web'));
    expect(subset!.text.includes('const shader =')).toBe(shaders);
    expect(subset!.text.includes('const wasm =')).toBe(backends.includes('wasm'));
    if (!shaders || !backends.includes('wasm')) expect(subset!.text.length).toBeLessThan(whole!.text.length - 3000);
    expect(command(subset!.spec)).toBe(`${command(whole!.spec)} --backends ${backends.join(',')}`);
    expect(specHash(subset!.spec)).not.toBe(specHash(whole!.spec));
  });
});

it('cpu is always there, and the order does not matter', () => {
  expect(specOf(2, ['webgl', 'wasm']).backends).toEqual(['cpu', 'wasm', 'webgl']);
  expect(specHash(specOf(2, [...KERNELS].reverse()))).toBe(specHash(specOf(2)));
});
