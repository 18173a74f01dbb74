// On the wasm backend a clone copies: a gradient must not cost a copy of x, and still has x when it runs.
import { grad, grads, mul, ones, profile, relu, reshape, tensor1d, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { input, model, type LayersModel } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { hermitePade5x4, HermitePade5x4 } from '../../generated/hermite-5-4.js';
import { useBackend } from '../support/backends.js';

const SIZE = 1000;
const x = (): Tensor => tensor1d(Array.from({ length: SIZE }, (_, k) => Math.sin(k)));
const { c, d } = hermitePade5x4.spec.initial;
const coefficients = (): [Tensor, Tensor] => [tensor1d([...c]), tensor1d([...d])];

/** Kernels that do nothing but copy, on tensors as large as x, while f runs. */
async function copies(f: () => unknown): Promise<string[]> {
  const { kernels } = await profile(() => tidy(() => (f(), undefined)) as unknown as Tensor);
  return kernels
    .filter(({ name, inputShapes }) => {
      const size = (inputShapes as number[][]).map((shape) => shape.reduce((a, b) => a * b, 1))[0];
      return ['Identity', 'Reshape'].includes(name) && size === SIZE;
    })
    .map(({ name }) => name);
}

beforeAll(() => useBackend('wasm'));

describe('what a gradient keeps of x on wasm', () => {
  it('is no copy', async () => {
    const [dy, inputs] = [ones([SIZE]), [x(), ...coefficients()]];
    expect(await copies(() => grads((v, a, b) => hermitePade5x4(v!, a!, b!))(inputs, dy))).toEqual([]);
    // tfjs's own keep one: else the ruler is broken.
    expect(await copies(() => grad((v) => relu(v))(inputs[0]!, dy))).toEqual(['Identity']);
  });

  it('is no copy in a layer that shares one set', async () => {
    const entry = input({ shape: [SIZE] });
    const net: LayersModel = model({ inputs: entry, outputs: new HermitePade5x4().apply(entry) as typeof entry });
    const batch = reshape(x(), [1, SIZE]);
    const step = (): unknown => grad((v) => net.apply(v, { training: true }) as Tensor)(batch, ones([1, SIZE]));
    expect(await copies(step)).toEqual([]);
  });

  it('is there when x has been disposed of', async () => {
    const [dy, [cs, ds]] = [ones([SIZE]), coefficients()];
    const dx = (dispose: boolean): Tensor =>
      grad((v: Tensor) => {
        const u = mul(v, 1);
        const y = hermitePade5x4(u, cs, ds);
        if (dispose) u.dispose();
        return y;
      })(x(), dy);
    expect(await dx(true).data()).toEqual(await dx(false).data());
  });
});
