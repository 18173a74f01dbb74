/**
 * The emitted kernels of the cpu backend against loops unrolled by hand, side by side in one process: interleaved runs,
 * medians. `npm run bench:cpu [elements]`.
 */
import '@tensorflow/tfjs-backend-cpu';
import {
  engine,
  memory,
  ready,
  setBackend,
  tensor1d,
  tidy,
  type NamedTensorMap,
  type Tensor,
} from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers';
import { hermitePade5x4 } from '../generated/hermite-5-4.js';
import { handBackward, handForward } from './hand-written.js';
import { interleave, median, ratioTable } from './measure.js';

const size = Number(process.argv[2] ?? 1_000_000);
const ROUNDS = 15;

await setBackend('cpu');
await ready();
const c = Float32Array.from(hermitePade5x4.spec.initial.c);
const d = Float32Array.from(hermitePade5x4.spec.initial.d);
// Deterministic inputs over the whole useful range.
const xs = Float32Array.from({ length: size }, (_, i) => 6 * Math.sin(i * 1.37) * Math.cos(i * 0.11));
const dys = Float32Array.from({ length: size }, (_, i) => Math.cos(i * 0.77));
const inputs = { x: tensor1d(xs), dy: tensor1d(dys), c: tensor1d(c), d: tensor1d(d) };
const run = (kernel: string, names: readonly (keyof typeof inputs)[]): void =>
  tidy(() => {
    const used = Object.fromEntries(names.map((name) => [name, inputs[name]])) as unknown as NamedTensorMap;
    engine().runKernel<Tensor | Tensor[]>(kernel, used, { shape: [1, 1, size] });
  });

const times = interleave(ROUNDS, {
  copy: () => void xs.slice(),
  'hand forward': () => void handForward(xs, c, d, new Float32Array(size)),
  'emitted forward': () => run('OpauHermitePade5x4', ['x', 'c', 'd']),
  'hand backward': () => handBackward(xs, dys, c, d, new Float32Array(size), new Float32Array(6), new Float32Array(4)),
  'emitted backward': () => run('OpauHermitePade5x4Grad', ['x', 'dy', 'c', 'd']),
});
console.log(`hermite 5/4 sum-abs, ${size} elements, ${ROUNDS} interleaved rounds, medians, Node ${process.version}\n`);
console.log(
  ratioTable(times, [
    ['emitted forward', 'hand forward'],
    ['emitted backward', 'hand backward'],
  ]),
);
console.error(`tensors alive: ${memory().numTensors}, copy ${median(times['copy']!).toFixed(2)} ms`);
