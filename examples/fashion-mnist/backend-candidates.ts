import * as tf from '@tensorflow/tfjs-core';
import { startWebGPU } from 'opau/webgpu-node';

/** Imports a package by name. A parameter, so that tests can play a machine with other packages. */
export type Load = (packageName: string) => Promise<unknown>;

export interface Candidate {
  readonly name: string;
  /** The packages that bring it, all optional but the last two candidates'. */
  readonly packages: readonly string[];
  /** What tf.setBackend calls it. */
  readonly backend: string;
  /** What speaks for it, once it runs. */
  readonly check: () => string;
  /** Loads the packages in its own way; throws what speaks against it. `forced`: the user named it. */
  readonly start?: (load: Load, forced: boolean) => Promise<unknown>;
}

/** Best first. */
export const CANDIDATES: readonly Candidate[] = [
  { name: 'node-gpu', packages: ['@tensorflow/tfjs-node-gpu'], backend: 'tensorflow', check: praiseNodeGpu },
  {
    name: 'webgpu',
    packages: ['webgpu', '@tensorflow/tfjs-backend-webgpu'],
    backend: 'webgpu',
    start: (load, forced) => startWebGPU({ load, software: forced }),
    check: () => 'a graphics adapter through WebGPU',
  },
  {
    name: 'node',
    packages: ['@tensorflow/tfjs-node'],
    backend: 'tensorflow',
    check: () => 'native TensorFlow on the CPU',
  },
  { name: 'wasm', packages: ['@tensorflow/tfjs-backend-wasm'], backend: 'wasm', check: () => 'WebAssembly on the CPU' },
  { name: 'cpu', packages: ['@tensorflow/tfjs-backend-cpu'], backend: 'cpu', check: () => 'plain JavaScript, slow' },
];

/** On a CUDA that it does not know, tfjs-node-gpu only warns, and computes on the CPU. */
function praiseNodeGpu(): string {
  const native = tf.findBackend('tensorflow') as { readonly isUsingGpuDevice?: boolean } | null;
  if (native?.isUsingGpuDevice === true) return 'native TensorFlow on a GPU';
  return 'native TensorFlow on the CPU, since it found no GPU that it can use';
}
