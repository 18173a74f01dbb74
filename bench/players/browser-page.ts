/** tfjs's relu, the emitted kernels, the same composed of tf ops, and LeNet steps, for a page that bench/browser.ts drives. */
import '@tensorflow/tfjs-backend-wasm';
import '@tensorflow/tfjs-backend-webgl';
import '@tensorflow/tfjs-backend-webgpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { composedF } from './composed.js';
import { c, d, dys, xs } from './inputs.js';
import { lenetStep } from './lenet-step.js';
import { settle } from './settle.js';
import type { Act } from './answer.js';
import { hermitePade5x4, HermitePade5x4 } from '../../generated/hermite-5-4.js';
import type { Times } from '../measure.js';

const WARM_UP = 8;

async function run(backend: string, size: number, rounds: number): Promise<{ device: string; times: Times }> {
  setWasmPaths('/wasm/');
  if (!(await tf.setBackend(backend)) || tf.getBackend() !== backend) throw new Error(`tfjs refused ${backend}`);
  await tf.ready();
  const [x, dy] = [tf.tensor1d(xs(size)), tf.tensor1d(dys(size))];
  const [cs, ds] = [tf.tensor1d(c), tf.tensor1d(d)];
  const timed =
    (act: () => void): Act =>
    async () => {
      tf.tidy(act);
      await settle();
    };
  const candidates: Readonly<Record<string, Act>> = {
    relu: timed(() => void tf.relu(x)),
    forward: timed(() => void hermitePade5x4(x, cs, ds)),
    'composed, forward': timed(() => void composedF(x, cs, ds)),
    'relu, value and gradient': timed(() => void tf.grad((v) => tf.relu(v))(x, dy)),
    'value and all gradients': timed(() => void tf.grads((v, a, b) => hermitePade5x4(v!, a!, b!))([x, cs, ds], dy)),
    'composed, value and all gradients': timed(
      () => void tf.grads((v, a, b) => composedF(v!, a!, b!))([x, cs, ds], dy),
    ),
    'LeNet step, ReLU': await lenetStep('relu'),
    'LeNet step, ours': await lenetStep(HermitePade5x4),
  };
  const times = Object.fromEntries(Object.keys(candidates).map((name) => [name, [] as number[]]));
  for (let round = -WARM_UP; round < rounds; round++) {
    for (const [name, act] of Object.entries(candidates)) {
      const start = performance.now();
      await act(size);
      if (round >= 0) times[name]!.push(performance.now() - start);
    }
  }
  return { device: deviceName(), times };
}

function deviceName(): string {
  if (tf.getBackend() !== 'webgl') return navigator.userAgent.replace(/.*(Chrome\S+).*/, '$1');
  const { gl } = (tf.backend() as unknown as { gpgpu: { gl: WebGL2RenderingContext } }).gpgpu;
  const names = gl.getExtension('WEBGL_debug_renderer_info');
  return String(gl.getParameter(names === null ? gl.RENDERER : names.UNMASKED_RENDERER_WEBGL));
}

Object.assign(globalThis, { run });
