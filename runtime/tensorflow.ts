import { engine, getBackend, type DataId, type KernelBackend, type TensorInfo } from '@tensorflow/tfjs-core';
import { cpuBackward, cpuForward, type CpuKernels } from './cpu.js';
import { register, type Inputs } from './register.js';

/** The part of tfjs-node's backend that kernels need. */
interface NodeBackend extends KernelBackend {
  /** Whether tensors lie on a GPU. */
  readonly isUsingGpuDevice: boolean;
  write(values: Float32Array, shape: number[], dtype: 'float32'): DataId;
  readSync(dataId: DataId): Float32Array;
}

/**
 * Registers `<name>` and `<name>Grad` on tfjs-node's backend. Native TensorFlow takes no kernel from outside, but on a CPU
 * its tensors are a copy away, and the kernels for JavaScript take a fraction of the time of dozens of tf ops. On a GPU
 * that copy would be dear: there `keepsDataOnGpu` says so, and the composed form runs.
 */
export function registerTensorflowKernels(name: string, kernels: CpuKernels): void {
  register<NodeBackend>(name, 'tensorflow', (inputs, backend, { shape }) => {
    const [x, c, d] = values(backend, inputs, ['x', 'c', 'd']);
    return tensor(backend, inputs['x']!, cpuForward(kernels, shape, x!, c!, d!));
  });
  register<NodeBackend>(`${name}Grad`, 'tensorflow', (inputs, backend, { shape }) => {
    const [x, dy, c, d] = values(backend, inputs, ['x', 'dy', 'c', 'd']);
    const { dx, dc, dd } = cpuBackward(kernels, shape, x!, dy!, c!, d!);
    return [tensor(backend, inputs['x']!, dx), tensor(backend, inputs['c']!, dc), tensor(backend, inputs['d']!, dd)];
  });
}

/** Whether the current backend is native TensorFlow on a GPU. */
export const keepsDataOnGpu = (): boolean =>
  getBackend() === 'tensorflow' && (engine().backend as NodeBackend).isUsingGpuDevice;

const values = (backend: NodeBackend, inputs: Inputs, names: readonly string[]): Float32Array[] =>
  names.map((name) => backend.readSync(inputs[name]!.dataId));

const tensor = (backend: NodeBackend, { shape }: TensorInfo, data: Float32Array): TensorInfo => ({
  dataId: backend.write(data, shape, 'float32'),
  shape,
  dtype: 'float32',
});
