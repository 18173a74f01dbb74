/**
 * The emitted kernels of the wasm backend against its own relu and against the composed form, side by side in one
 * process: interleaved runs, medians. `npm run bench:wasm [elements]`.
 */
import '@tensorflow/tfjs-backend-wasm';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import {
  engine,
  getKernel,
  grads,
  memory,
  ready,
  registerKernel,
  relu,
  setBackend,
  step,
  mul,
  tensor1d,
  tidy,
  unregisterKernel,
  type KernelConfig,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { hermitePade5x4 } from '../generated/hermite-5-4.js';
import { interleave, ratioTable } from './measure.js';

const size = Number(process.argv[2] ?? 1_000_000);
const ROUNDS = 25;

setWasmPaths(`${dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'))}/`);
if (!(await setBackend('wasm'))) throw new Error('the wasm backend could not be started');
await ready();

// Deterministic inputs over the whole useful range.
const xs = Float32Array.from({ length: size }, (_, i) => 6 * Math.sin(i * 1.37) * Math.cos(i * 0.11));
const x = tensor1d(xs);
const dy = tensor1d(Float32Array.from({ length: size }, (_, i) => Math.cos(i * 0.77)));
const c = tensor1d([...hermitePade5x4.spec.initial.c]);
const d = tensor1d([...hermitePade5x4.spec.initial.d]);
// One element in a thousand beyond what float32 is safe for, as an activation never sees.
const scattered = tensor1d(xs.map((value, i) => (i % 1000 === 500 ? 1e30 : value)));

const KERNELS = ['OpauHermitePade5x4', 'OpauHermitePade5x4Grad'].map((name) => getKernel(name, 'wasm')!);
const composed = (run: () => void): void => {
  for (const { kernelName } of KERNELS) unregisterKernel(kernelName, 'wasm');
  run();
  for (const kernel of KERNELS) registerKernel(kernel as KernelConfig);
};
const forward = (input: Tensor = x): void => tidy(() => void hermitePade5x4(input, c, d));
const backward = (input: Tensor = x): void =>
  tidy(() => void engine().runKernel('OpauHermitePade5x4Grad', { x: input, dy, c, d }, { shape: [1, 1, size] }));
const valueAndGradients = (): void => tidy(() => void grads((a, b, e) => hermitePade5x4(a!, b!, e!))([x, c, d], dy));

const times = interleave(ROUNDS, {
  copy: () => void xs.slice(),
  relu: () => tidy(() => void relu(x)),
  'relu backward': () => tidy(() => void mul(dy, step(x))),
  forward: () => forward(),
  backward: () => backward(),
  'forward, 0.1 % huge': () => forward(scattered),
  'backward, 0.1 % huge': () => backward(scattered),
  'value and gradients': valueAndGradients,
});
const slow = interleave(5, {
  'composed forward': () => composed(() => forward()),
  forward: () => forward(),
  'composed value and gradients': () => composed(valueAndGradients),
  'value and gradients': valueAndGradients,
});
console.log(
  `hermite 5/4 sum-abs on wasm, ${size} elements, ${ROUNDS} interleaved rounds, medians, Node ${process.version}\n`,
);
console.log(
  ratioTable(times, [
    ['forward', 'relu'],
    ['backward', 'relu backward'],
    ['forward, 0.1 % huge', 'forward'],
    ['backward, 0.1 % huge', 'backward'],
  ]),
);
console.log(
  `\n${ratioTable(slow, [
    ['composed forward', 'forward'],
    ['composed value and gradients', 'value and gradients'],
  ])}`,
);
console.error(`tensors alive: ${memory().numTensors}`);
