import { env, type TensorInfo } from '@tensorflow/tfjs-core';
import type { WebGLBackend } from './backend.js';
import { cpuBackward, cpuForward, type CpuKernels } from '../cpu.js';
import type { Attributes, Inputs } from '../register.js';
import { warnOnce } from '../warn-once.js';

/** What a device lacks that the shaders need; undefined where it lacks nothing. */
export function obstacle(): string | undefined {
  if (env().getNumber('WEBGL_VERSION') < 2) return 'it has WebGL 1 only';
  return env().getBool('WEBGL_RENDER_FLOAT32_ENABLED') ? undefined : 'its textures are float16';
}

/** Computes in JavaScript what this device's shaders cannot: right, but the data travels there and back. */
export function forwardInstead(
  kernels: CpuKernels,
  backend: WebGLBackend,
  { x, c, d }: Inputs,
  { shape }: Attributes,
): TensorInfo {
  const read = reader(backend);
  return backend.makeTensorInfo(x!.shape, 'float32', cpuForward(kernels, shape, read(x), read(c), read(d)));
}

/** The same for the gradients: dx, dc, dd. */
export function backwardInstead(
  kernels: CpuKernels,
  backend: WebGLBackend,
  { x, dy, c, d }: Inputs,
  { shape }: Attributes,
): TensorInfo[] {
  const read = reader(backend);
  const { dx, dc, dd } = cpuBackward(kernels, shape, read(x), read(dy), read(c), read(d));
  return [
    backend.makeTensorInfo(x!.shape, 'float32', dx),
    backend.makeTensorInfo(c!.shape, 'float32', dc),
    backend.makeTensorInfo(d!.shape, 'float32', dd),
  ];
}

const reader =
  (backend: WebGLBackend) =>
  (tensor: TensorInfo | undefined): Float32Array =>
    backend.readSync(tensor!.dataId);

export const warnOfFallback = (lack: string): void =>
  warnOnce(
    `opau: this device's webgl cannot run the fused kernels: ${lack}. They run in JavaScript instead: right, but slow; ` +
      "tf.setBackend('wasm') is likely to be faster.",
  );
