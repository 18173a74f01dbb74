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

/**
 * Registers `<name>` (x, c, d -> y) and `<name>Grad` (x, dy, c, d -> dx, dc, dd) on the cpu backend. x has shape [outer,
 * sets, inner], c [sets, m + 1] and d [sets, n].
 */
export function registerCpuKernels(name: string, kernels: CpuKernels): void {
  register<CpuBackend>(name, 'cpu', (inputs, backend, { shape }) => {
    const [x, c, d] = values(backend, inputs, ['x', 'c', 'd']);
    return backend.makeTensorInfo(inputs['x']!.shape, 'float32', cpuForward(kernels, shape, x!, c!, d!));
  });
  register<CpuBackend>(`${name}Grad`, 'cpu', (inputs, backend, { shape }) => {
    const [x, dy, c, d] = values(backend, inputs, ['x', 'dy', 'c', 'd']);
    const { dx, dc, dd } = cpuBackward(kernels, shape, x!, dy!, c!, d!);
    return [
      backend.makeTensorInfo(inputs['x']!.shape, 'float32', dx),
      backend.makeTensorInfo(inputs['c']!.shape, 'float32', dc),
      backend.makeTensorInfo(inputs['d']!.shape, 'float32', dd),
    ];
  });
}

/** y of x [outer, sets, inner], c [sets, m + 1] and d [sets, n]. */
export function cpuForward(
  kernels: CpuKernels,
  shape: LayoutShape,
  x: Float32Array,
  c: Float32Array,
  d: Float32Array,
): Float32Array {
  const y = new Float32Array(x.length);
  eachSet(shape, (elements, set) => {
    const ys = elements.output(y);
    kernels.forward(elements.of(x), set(c), set(d), ys);
    elements.put(ys, y);
  });
  return y;
}

/** The gradients, each laid out as what it is for. */
export function cpuBackward(
  kernels: CpuKernels,
  shape: LayoutShape,
  x: Float32Array,
  dy: Float32Array,
  c: Float32Array,
  d: Float32Array,
): { readonly dx: Float32Array; readonly dc: Float32Array; readonly dd: Float32Array } {
  const [dx, dc, dd] = [x, c, d].map((like) => new Float32Array(like.length)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  eachSet(shape, (elements, set) => {
    const dxs = elements.output(dx);
    kernels.backward(elements.of(x), elements.of(dy), set(c), set(d), dxs, set(dc), set(dd));
    elements.put(dxs, dx);
  });
  return { dx, dc, dd };
}

type LayoutShape = readonly [outer: number, sets: number, inner: number];

/** The elements of one set: where they lie apart, in an array of their own for as long as a kernel works on them. */
interface Elements {
  of(all: Float32Array): Float32Array;
  /** Where a kernel writes what is to be `put` into `all`. */
  output(all: Float32Array): Float32Array;
  put(own: Float32Array, all: Float32Array): void;
}

function eachSet(
  [outer, sets, inner]: LayoutShape,
  run: (elements: Elements, coefficientsOf: (all: Float32Array) => Float32Array) => void,
): void {
  const size = outer * inner;
  for (let set = 0; set < sets; set++) {
    const eachRun = (visit: (own: number, all: number) => void): void => {
      for (let o = 0; o < outer; o++) visit(o * inner, (o * sets + set) * inner);
    };
    const elements: Elements = {
      of(all) {
        if (sets === 1) return all;
        const own = new Float32Array(size);
        eachRun((to, from) => {
          for (let i = 0; i < inner; i++) own[to + i] = all[from + i]!;
        });
        return own;
      },
      output: (all) => (sets === 1 ? all : new Float32Array(size)),
      put(own, all) {
        if (own === all) return;
        eachRun((from, to) => {
          for (let i = 0; i < inner; i++) all[to + i] = own[from + i]!;
        });
      },
    };
    run(elements, (all) => all.subarray((set * all.length) / sets, ((set + 1) * all.length) / sets));
  }
}

const values = (backend: CpuBackend, inputs: Inputs, names: readonly string[]): Float32Array[] =>
  names.map((name) => backend.data.get(inputs[name]!.dataId).values);
