import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers'; // registers every gradient
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ensureConv2DBackpropFilter } from '../../runtime/conv2d-backprop-filter.js';
import { useBackend } from '../support/backends.js';
import { distance, on, random, tensor4, type Shape4 } from '../support/pictures.js';

beforeAll(async () => {
  await useBackend('wasm');
  expect(ensureConv2DBackpropFilter()).toBe(true);
});
afterEach(() => tf.disposeVariables());

describe('training on wasm', () => {
  it('tf.grads through conv2d, fused conv2d and conv2dTranspose equals cpu', async () => {
    const ops: Record<string, (x: tf.Tensor, w: tf.Tensor) => tf.Tensor> = {
      conv2d: (x, w) => tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, [2, 1], 'same'),
      fused: (x, w) => {
        const [x4, filter] = [x as tf.Tensor4D, w as tf.Tensor4D];
        return tf.fused.conv2d({ x: x4, filter, strides: 1, pad: 'valid', activation: 'relu' });
      },
      transposed: (x, w) => tf.conv2dTranspose(x as tf.Tensor4D, w as tf.Tensor4D, [3, 14, 12, 2], 2, 'same'),
      rank3: (x, w) => tf.conv2d(tf.unstack(x)[1] as tf.Tensor3D, w as tf.Tensor4D, 2, 1),
    };
    for (const [name, op] of Object.entries(ops)) {
      const run = () =>
        tf.tidy(() => {
          const w = tensor4([3, 3, 2, 2], 4);
          const f = (x: tf.Tensor, v: tf.Tensor) => tf.sum(tf.square(op(x, v))) as tf.Scalar;
          return tf
            .grads(f)([tensor4([3, 7, 6, 2], 3), w])
            .map((g) => g.dataSync().slice());
        });
      const [wasm, cpu] = [await on('wasm', run), await on('cpu', run)];
      wasm.forEach((g, i) => expect(distance(g, cpu[i]!), `${name}, input ${i}`).toBeLessThan(1e-5));
    }
  });

  it('a small CNN learns, step for step as on cpu, and leaks nothing', async () => {
    const train = () => {
      const shapes: Shape4[] = [
        [3, 3, 1, 4],
        [3, 3, 4, 5],
      ];
      const vars = shapes.map((s, i) => tf.variable(tf.mul(tensor4(s, i + 5), 0.5)));
      const [w1, w2] = vars as [tf.Variable<tf.Rank.R4>, tf.Variable<tf.Rank.R4>];
      const dense = tf.variable(tf.tensor2d(random(45 * 3, 7), [45, 3]));
      const x = tensor4([6, 14, 14, 1], 8);
      const labels = tf.oneHot(tf.tensor1d([0, 1, 2, 0, 1, 2], 'int32'), 3);
      const optimizer = tf.train.sgd(0.05);
      const loss = () => {
        const h = tf.avgPool(tf.tanh(tf.conv2d(x, w1, 1, 'same')), 2, 2, 'valid');
        const k = tf.tanh(tf.conv2d(h, w2, 2, 'valid'));
        return tf.losses.softmaxCrossEntropy(labels, tf.matMul(tf.reshape(k, [6, 45]), dense)) as tf.Scalar;
      };
      const losses: number[] = [];
      const counts: number[][] = [];
      for (let step = 0; step < 12; step++) {
        tf.tidy(() => {
          const { value, grads } = tf.variableGrads(loss);
          optimizer.applyGradients(grads);
          losses.push(value.dataSync()[0]!);
        });
        counts.push([tf.memory().numTensors, tf.memory().numBytes, tf.backend().numDataIds()]);
      }
      optimizer.dispose();
      tf.disposeVariables();
      return { losses, counts };
    };
    const run = () => {
      tf.engine().startScope(); // for the data; tidy would take the counts for tensors to keep
      const result = train();
      tf.engine().endScope();
      return result;
    };
    const measured = () => [tf.memory().numTensors, tf.memory().numBytes, tf.backend().numDataIds()];
    await tf.setBackend('wasm');
    const before = measured();
    const wasm = run();
    expect(measured()).toEqual(before);
    const cpu = await on('cpu', run);
    expect(wasm.losses[11]!).toBeLessThan(0.7 * wasm.losses[0]!);
    expect(distance(wasm.losses, cpu.losses)).toBeLessThan(1e-5);
    for (const c of wasm.counts) expect(c).toEqual(wasm.counts[0]);
  });

  it('the heap does not grow over many calls', async () => {
    await tf.setBackend('wasm');
    const wasm = (tf.backend() as unknown as { wasm: { HEAPU8: Uint8Array } }).wasm;
    const [x, dy] = [tensor4([32, 28, 28, 1], 1), tensor4([32, 24, 24, 6], 2)];
    const attrs = { strides: 1, pad: 'valid', dataFormat: 'NHWC', filterShape: [5, 5, 1, 6] };
    const step = () => (tf.engine().runKernel('Conv2DBackpropFilter', { x, dy }, attrs) as tf.Tensor).dispose();
    for (let i = 0; i < 10; i++) step();
    const [bytes, ids] = [wasm.HEAPU8.length, tf.backend().numDataIds()];
    for (let i = 0; i < 500; i++) step(); // 500 x 2.6 MB of intermediates
    expect([wasm.HEAPU8.length, tf.backend().numDataIds()]).toEqual([bytes, ids]);
    tf.dispose([x, dy]);
  });
});
