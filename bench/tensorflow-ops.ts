/**
 * What activations cost on native TensorFlow, which takes no native kernel from outside: ops run, tensors kept for the
 * backward pass, bytes and time, for ReLU, for the plain formula under tfjs's autodiff, for the emitted closed form, which
 * is what runs where tensors lie on a GPU, and for the emitted kernels, which run where they lie on the CPU.
 * Needs tfjs-node: `node examples/tfjs-node/link-libtensorflow.mjs && npm run build && npm run bench:tensorflow`.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers';
import { hermitePade5x4 } from '../generated/hermite-5-4.js';
import { interleave, median } from './measure.js';

const SIZES = [10_000, 1_000_000];
const ROUNDS = 15;

const modules = new URL('../../.tensorflow/node_modules/', import.meta.url);
if (!existsSync(new URL('.libtensorflow/requirement', modules))) {
  console.error('bench:tensorflow: tfjs-node is missing; node examples/tfjs-node/link-libtensorflow.mjs installs it');
  process.exit(1);
}
process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2';
createRequire(modules)('@tensorflow/tfjs-node');
await tf.setBackend('tensorflow');
if (tf.getBackend() !== 'tensorflow') throw new Error('tfjs refused the backend tensorflow');
const backend = tf.backend() as unknown as { readonly binding: { TF_Version: string }; isUsingGpuDevice: boolean };
const { binding, isUsingGpuDevice } = backend;

type Op = (x: tf.Tensor, c: tf.Tensor, d: tf.Tensor) => tf.Tensor;

/** P / Q as one writes it down: Hermite's recurrence, then both sums. */
const plain: Op = (x, c, d) => {
  const [cs, ds] = [tf.unstack(c), tf.unstack(d)];
  const h: tf.Tensor[] = [tf.onesLike(x), x];
  for (let k = 1; k < 5; k++) h.push(tf.sub(tf.mul(x, h[k]!), tf.mul(h[k - 1]!, k)));
  const p = tf.addN(cs.map((ci, i) => tf.mul(ci, h[i]!)));
  const q = tf.add(1, tf.addN(ds.map((dj, j) => tf.abs(tf.mul(dj, h[j + 1]!)))));
  return tf.div(p, q);
};

const candidates: Readonly<Record<string, Op>> = {
  relu: (x) => tf.relu(x),
  'plain formula, autodiff': plain,
  'emitted closed form': (x, e, f) => hermitePade5x4(x, e, f),
  'emitted kernels': hermitePade5x4,
};

/** The op decides by where tensors lie: as if on a GPU for the closed form. */
function pretend(op: Op): Op {
  backend.isUsingGpuDevice = op === candidates['emitted closed form'] || isUsingGpuDevice;
  return op;
}

const c = tf.tensor1d([...hermitePade5x4.spec.initial.c]);
const d = tf.tensor1d([...hermitePade5x4.spec.initial.d]);

/** Native ops run, and the most bytes alive at any time beyond what was alive before. */
async function profile(run: () => void): Promise<{ ops: number; peakBytes: number }> {
  const before = tf.memory().numBytes;
  const { kernels, peakBytes } = await tf.profile(() => tf.tidy(run));
  // tfjs lists its own wrappers, such as customGrad, among the kernels.
  const ops = kernels.filter(({ name }) => tf.getKernel(name, 'tensorflow') !== undefined);
  return { ops: ops.length, peakBytes: peakBytes - before };
}

const forwardAndBackward = (op: Op, x: tf.Tensor): void =>
  // ReLU's gradient reaches x alone.
  op === candidates['relu']
    ? void tf.grad((v) => pretend(op)(v, c, d))(x)
    : void tf.grads((v, e, f) => pretend(op)(v!, e!, f!))([x, c, d]);

/** How many tensors of x's size, besides x and y, are alive between the forward and the backward pass. */
function kept(op: Op, x: tf.Tensor): number {
  let bytes = NaN;
  tf.tidy(() => {
    tf.grad((v) => {
      const before = tf.memory().numBytes;
      const y = pretend(op)(v, c, d);
      bytes = tf.memory().numBytes - before;
      return y;
    })(x);
  });
  return Math.floor(bytes / (4 * x.size)) - 1;
}

if (isUsingGpuDevice)
  console.log('(tensors lie on a GPU: the emitted kernels do not run, and their line shows the closed form)\n');
console.log(
  `Hermite 5/4 sum-abs, libtensorflow ${binding.TF_Version}, Node ${process.version}, ${ROUNDS} interleaved rounds, medians\n`,
);
console.log(
  '| elements | | ops forward | ops with backward | tensors kept | peak MB | ms forward | ms with backward |',
);
console.log('|---|---|---|---|---|---|---|---|');
for (const size of SIZES) {
  const x = tf.tensor1d(Float32Array.from({ length: size }, (_, i) => 6 * Math.sin(i * 1.37) * Math.cos(i * 0.11)));
  const entries = Object.entries(candidates);
  const forward = interleave(
    ROUNDS,
    Object.fromEntries(entries.map(([name, op]) => [name, () => tf.tidy(() => void pretend(op)(x, c, d))])),
  );
  const both = interleave(
    ROUNDS,
    Object.fromEntries(entries.map(([name, op]) => [name, () => tf.tidy(() => forwardAndBackward(op, x))])),
  );
  for (const [name, op] of entries) {
    const [once, twice] = [await profile(() => pretend(op)(x, c, d)), await profile(() => forwardAndBackward(op, x))];
    const cells = [
      size.toExponential(0).replace('+', ''),
      name,
      once.ops,
      twice.ops,
      kept(op, x),
      (twice.peakBytes / 1e6).toFixed(2),
      median(forward[name]!).toFixed(2),
      median(both[name]!).toFixed(2),
    ];
    console.log(`| ${cells.join(' | ')} |`);
  }
  x.dispose();
}
