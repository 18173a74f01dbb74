import * as tf from '@tensorflow/tfjs-core';
import { registerWebGLKernels } from '../../runtime/webgl/kernels.js';
import { registerWebGPUKernels } from '../../runtime/webgpu/kernels.js';
import type { ShaderKernels } from '../../runtime/shader.js';
import type { ActivationSpec } from '../../runtime/spec.js';
import { dys, xs } from './inputs.js';
import { settle } from './settle.js';
import { median, runsASample, type Times } from '../measure.js';

/** An activation as plain data, which a page can be handed. */
export interface Subject {
  readonly m: number;
  readonly n: number;
  readonly c: readonly number[];
  readonly d: readonly number[];
  readonly kernels: ShaderKernels;
}

export interface Costs {
  readonly device: string;
  readonly times: Times;
}

/** Marks the shaders that compute plainly throughout: no activation has this radius. Its bits stand in their text. */
const MARK = 3e38;
const MARK_BITS = String(new Uint32Array(Float32Array.of(MARK).buffer)[0]);

/** What shaders test before they compute plainly: one line. */
const TEST = /if \(fitting &&? .*\) \{/g;

/** A marked shader without its tests; any other as it is. Throws an Error where there is no test to take out. */
function withoutTests(text: string): string {
  if (!text.includes(MARK_BITS)) return text;
  const bare = text.replace(TEST, 'if (true) {');
  if (bare === text) throw new Error('the shader has no test that is known here');
  return bare;
}

/** Runs the right kernels and the plain ones in turn on the backend that tfjs uses; milliseconds by candidate. */
export async function compareEveryInput(subject: Subject, size: number, rounds: number): Promise<Costs> {
  const { m, n, kernels } = subject;
  const marked: ShaderKernels = {
    ...kernels,
    forward: { ...kernels.forward, radius: MARK },
    backward: { ...kernels.backward, radius: MARK },
  };
  const spec = { m, n } as ActivationSpec;
  const gpu = tf.backend() as unknown as Gpu;
  if (tf.getBackend() === 'webgpu') {
    const create = gpu.device.createShaderModule.bind(gpu.device);
    gpu.device.createShaderModule = (descriptor) => create({ ...descriptor, code: withoutTests(descriptor.code) });
    registerWebGPUKernels('Right', spec, kernels);
    registerWebGPUKernels('Plain', spec, marked);
  } else {
    const { gl } = gpu.gpgpu;
    const source = gl.shaderSource.bind(gl);
    gl.shaderSource = (shader, text) => source(shader, withoutTests(text));
    const none = () => {
      throw new Error('this device lacks what the shaders need');
    };
    registerWebGLKernels('Right', spec, kernels, { forward: none, backward: none });
    registerWebGLKernels('Plain', spec, marked, { forward: none, backward: none });
  }

  const numbers = xs(size);
  const x = tf.tensor1d(numbers);
  const huge = tf.tensor1d(numbers.map((value, k) => (k % 1000 === 500 ? 1e30 : value)));
  const dy = tf.tensor1d(dys(size));
  const [c, d] = [tf.tensor2d([[...subject.c]]), tf.tensor2d([[...subject.d]])];
  const forward = (name: string, input: tf.Tensor) => () =>
    tf.engine().runKernel(name, { x: input, c, d }, { shape: [1, 1, size] });
  const backward = (name: string, input: tf.Tensor) => () =>
    tf.engine().runKernel(`${name}Grad`, { x: input, dy, c, d }, { shape: [1, 1, size] });
  const candidates = {
    'forward, plain': forward('Plain', x),
    forward: forward('Right', x),
    'forward, 0.1 % huge': forward('Right', huge),
    'backward, plain': backward('Plain', x),
    backward: backward('Right', x),
    'backward, 0.1 % huge': backward('Right', huge),
  };
  const times = Object.fromEntries(Object.keys(candidates).map((name) => [name, [] as number[]]));
  const least: Record<string, number> = {};
  for (let round = -3; round < rounds; round++) {
    for (const [name, run] of Object.entries(candidates)) {
      const runs = runsASample(least[name] ?? Infinity);
      const start = performance.now();
      for (let k = 0; k < runs; k++) tf.dispose(tf.tidy(run));
      await settle();
      const time = (performance.now() - start) / runs;
      least[name] = Math.min(least[name] ?? Infinity, time);
      if (round >= 0) times[name]!.push(time);
    }
  }
  await expectSame(forward('Plain', x), forward('Right', x));
  await expectSame(backward('Plain', x), backward('Right', x));
  return { device: `${tf.getBackend()}, ${deviceName(gpu)}`, times };
}

interface Gpu {
  readonly device: GPUDevice;
  readonly gpgpu: { readonly gl: WebGL2RenderingContext };
}

/** Numbers of a tensor that are compared, at most. */
const COMPARED = 1e5;

/** Throws an Error unless both give the same numbers: else they are not to be compared. */
async function expectSame(...runs: readonly (() => unknown)[]): Promise<void> {
  const [a, b] = await Promise.all(
    runs.map(async (run) => {
      const tensors = [tf.tidy(run as () => tf.Tensor | tf.Tensor[])].flat();
      const values = await Promise.all(tensors.map((tensor) => tensor.data()));
      tf.dispose(tensors);
      return values.flatMap((list) => [...list.filter((_, k) => k % Math.ceil(list.length / COMPARED) === 0)]);
    }),
  );
  const error = median(a!.map((value, k) => Math.abs(value - b![k]!)));
  if (!(error < 1e-5)) throw new Error(`the plain kernels compute something else: ${error}`);
}

const deviceName = (gpu: Gpu): string =>
  tf.getBackend() === 'webgl' ? String(gpu.gpgpu.gl.getParameter(gpu.gpgpu.gl.VERSION)) : 'by Dawn';
