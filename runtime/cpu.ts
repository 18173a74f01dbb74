import type { DataId, KernelBackend, TensorInfo } from '@tensorflow/tfjs-core';
import { register, type Inputs } from './register.js';

/** Unrolled loops over typed arrays; see an emitted module for what each argument holds. */
export interface CpuKernels {
  forward(xs: Float32Array, c: Float32Array, d: Float32Array, ys: Float32Array): void;
  backward(
    xs: Float32Array,
    dys: Float32Array,
    c: Float32Array,
    d: Float32Array,
    dxs: Float32Array,
    dc: Float32Array,
    dd: Float32Array,
  ): void;
}

/** The part of tfjs's cpu backend that a kernel needs. */
interface CpuBackend extends KernelBackend {
  readonly data: { get(dataId: DataId): { readonly values: Float32Array } };
  makeTensorInfo(shape: number[], dtype: 'float32', values: Float32Array): TensorInfo;
}

/** Registers `<name>` (x, c, d -> y) and `<name>Grad` (x, dy, c, d -> dx, dc, dd) on the cpu backend. */
export function registerCpuKernels(name: string, kernels: CpuKernels): void {
  register<CpuBackend>(name, 'cpu', (inputs, backend) => {
    const [x, c, d] = values(backend, inputs, ['x', 'c', 'd']);
    const y = new Float32Array(x!.length);
    kernels.forward(x!, c!, d!, y);
    return backend.makeTensorInfo(inputs['x']!.shape, 'float32', y);
  });
  register<CpuBackend>(`${name}Grad`, 'cpu', (inputs, backend) => {
    const [x, dy, c, d] = values(backend, inputs, ['x', 'dy', 'c', 'd']);
    const [dx, dc, dd] = [new Float32Array(x!.length), new Float32Array(c!.length), new Float32Array(d!.length)];
    kernels.backward(x!, dy!, c!, d!, dx, dc, dd);
    return [
      backend.makeTensorInfo(inputs['x']!.shape, 'float32', dx),
      backend.makeTensorInfo(inputs['c']!.shape, 'float32', dc),
      backend.makeTensorInfo(inputs['d']!.shape, 'float32', dd),
    ];
  });
}

const values = (backend: CpuBackend, inputs: Inputs, names: readonly string[]): Float32Array[] =>
  names.map((name) => backend.data.get(inputs[name]!.dataId).values);
