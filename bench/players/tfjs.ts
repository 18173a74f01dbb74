/**
 * tfjs on one backend (the first argument): a copy of the array, relu, prelu with one alpha, the emitted kernels, the
 * same formula composed of tf ops and differentiated by tfjs, and LeNet training steps at batch 32.
 */
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers';
import { answer, type Act } from './answer.js';
import { composedF } from './composed.js';
import { c, d, dys, xs } from './inputs.js';
import { lenetStep } from './lenet-step.js';
import { expectValid, settle, submit } from './settle.js';
import { vectorCopy } from './vector-copy.js';
import { chooseBackend } from '../../examples/fashion-mnist/backend.js';
import { hermitePade5x4, HermitePade5x4 } from '../../generated/hermite-5-4.js';

const name = process.argv[2]!;
const { backend } = await chooseBackend(name);
const [cs, ds, alpha] = [tf.tensor1d(c), tf.tensor1d(d), tf.tensor1d([0.01])];

const tensors = new Map<number, readonly [x: tf.Tensor1D, dy: tf.Tensor1D]>();
const inputsOf = (n: number): readonly [x: tf.Tensor1D, dy: tf.Tensor1D] => {
  const known = tensors.get(n) ?? ([tf.tensor1d(xs(n)), tf.tensor1d(dys(n))] as const);
  tensors.set(n, known);
  return known;
};

/** A copy of an array, in JavaScript. */
const sources = new Map<number, Float32Array>();
function copies(n: number): Float32Array {
  const source = sources.get(n) ?? xs(n);
  sources.set(n, source);
  return source.slice();
}

/** Runs ops; on webgpu without waiting for the device. */
const timed = (run: (x: tf.Tensor1D, dy: tf.Tensor1D, n: number) => void): Act => {
  const valid = new Set<number>();
  const once = (n: number): void => {
    const [x, dy] = inputsOf(n);
    tf.tidy(() => run(x, dy, n));
  };
  return async (n) => {
    if (backend !== 'webgpu' || valid.has(n)) return once(n);
    await expectValid(() => {
      once(n);
      submit();
    });
    valid.add(n);
  };
};

const kernel = (x: tf.Tensor, dy: tf.Tensor, n: number): void =>
  void tf
    .engine()
    .runKernel(
      'OpauHermitePade5x4Grad',
      { x, dy, c: tf.reshape(cs, [1, -1]), d: tf.reshape(ds, [1, -1]) },
      { shape: [1, 1, n] },
    );

const [withRelu, withOurs] = await Promise.all([lenetStep('relu'), lenetStep(HermitePade5x4)]);

const acts: Readonly<Record<string, Act>> = {
  prepare: (n) => void inputsOf(n),
  copy: backend === 'webgpu' ? vectorCopy() : (n) => void copies(n),
  // Backwards 12 bytes an element go to and fro, in a copy 8.
  ...(backend === 'webgpu' ? { 'copy-backward': vectorCopy(1.5) } : {}),
  relu: timed((x) => void tf.relu(x)),
  'relu-both': timed((x, dy) => void tf.grad((v) => tf.relu(v))(x, dy)),
  prelu: timed((x) => void tf.prelu(x, alpha)),
  'prelu-both': timed((x, dy) => void tf.grads((v, a) => tf.prelu(v!, a!))([x, alpha], dy)),
  forward: timed((x) => void hermitePade5x4(x, cs, ds)),
  backward: timed(kernel),
  both: timed((x, dy) => void tf.grads((v, a, b) => hermitePade5x4(v!, a!, b!))([x, cs, ds], dy)),
  composed: timed((x) => void composedF(x, cs, ds)),
  'composed-both': timed((x, dy) => void tf.grads((v, a, b) => composedF(v!, a!, b!))([x, cs, ds], dy)),
  'lenet-relu': withRelu,
  lenet: withOurs,
};
await answer(acts, backend === 'webgpu' ? settle : undefined);
