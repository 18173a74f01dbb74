import { getKernel, type DataId, type KernelBackend, type TensorInfo } from '@tensorflow/tfjs-core';
import { register, type Attributes } from './register.js';

/** A WebAssembly module that works in place in the memory of tfjs's wasm backend. */
export interface WasmKernels {
  readonly base64: string;
  /** Where in the module the limits of the imported memory lie, in five bytes: as they stand, of one not shared. */
  readonly limitsAt: number;
  /** The same module with instructions of relaxed SIMD, for engines that have them; its limits lie at the same place. */
  readonly relaxed?: string;
}

/** Limits of a shared memory, as threaded builds have it: 0 to 65,536 pages. */
const SHARED_LIMITS = [0x03, 0x00, 0x80, 0x80, 0x04];

/** The part of tfjs's wasm backend that a kernel needs. */
interface WasmBackend extends KernelBackend {
  readonly wasm: { readonly wasmMemory?: WebAssembly.Memory; readonly asm?: { readonly memory: WebAssembly.Memory } };
  readonly dataIdMap: { get(dataId: DataId): { readonly memoryOffset: number | null } };
  makeOutput(shape: number[], dtype: 'float32'): TensorInfo;
}

type Shape = Attributes['shape'];

/** What the module exports; see compiler/targets/wasm/module.ts. Places in bytes, n in elements. */
interface Exports {
  forward(xs: number, n: number, c: number, d: number, ys: number): void;
  backward(xs: number, dys: number, n: number, c: number, d: number, dxs: number, dc: number, dd: number): void;
}

/**
 * Registers `<name>` (x, c, d -> y) and `<name>Grad` (x, dy, c, d -> dx, dc, dd) on the wasm backend; not where the
 * engine cannot run the module, for want of SIMD: there the composed form stays. x has shape [outer, sets, inner], c
 * [sets, m + 1] and d [sets, n].
 */
export function registerWasmKernels(name: string, kernels: WasmKernels): void {
  const bytes = bestModule(kernels);
  if (bytes === undefined) return;
  const { limitsAt } = kernels;

  // A backend that was removed and started again has another memory.
  const instances = new WeakMap<WasmBackend, Exports>();
  const exportsFor = (backend: WasmBackend): Exports => {
    const known = instances.get(backend) ?? instantiate(bytes, limitsAt, memoryOf(backend));
    instances.set(backend, known);
    return known;
  };

  register<WasmBackend>(name, 'wasm', (inputs, backend, { shape }) => {
    const x = bySet(backend, inputs['x']!, shape);
    const y = backend.makeOutput(x.shape, 'float32');
    const { forward } = exportsFor(backend);
    eachSet(backend, shape, [x, inputs['c']!, inputs['d']!, y], (size, [xs, c, d, ys]) =>
      forward(xs!, size, c!, d!, ys!),
    );
    dispose(backend, x, inputs['x']!);
    return inOrder(backend, y, inputs['x']!, shape);
  });
  register<WasmBackend>(`${name}Grad`, 'wasm', (inputs, backend, { shape }) => {
    const [x, dy] = [inputs['x']!, inputs['dy']!].map((info) => bySet(backend, info, shape));
    const [c, d] = [inputs['c']!, inputs['d']!];
    const [dx, dc, dd] = [x!, c, d].map((like) => backend.makeOutput(like.shape, 'float32'));
    const { backward } = exportsFor(backend);
    eachSet(backend, shape, [x!, dy!, c, d, dx!, dc!, dd!], (size, [xs, dys, cs, ds, dxs, dcs, dds]) =>
      backward(xs!, dys!, size, cs!, ds!, dxs!, dcs!, dds!),
    );
    dispose(backend, x!, inputs['x']!);
    dispose(backend, dy!, inputs['dy']!);
    return [inOrder(backend, dx!, inputs['x']!, shape), dc!, dd!];
  });
}

/** The fastest of the modules that the engine can run. */
export function bestModule({ relaxed, base64 }: WasmKernels): Uint8Array<ArrayBuffer> | undefined {
  if (typeof WebAssembly === 'undefined') return undefined;
  return [relaxed, base64]
    .filter((text) => text !== undefined)
    .map((text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0)))
    .find((bytes) => WebAssembly.validate(bytes));
}

/** x, seen as [outer, sets, inner], as [sets, outer, inner], so that what belongs to a set lies side by side. */
const bySet = (backend: WasmBackend, x: TensorInfo, [outer, sets, inner]: Shape): TensorInfo =>
  outer === 1 || sets === 1 ? x : transposed(backend, { ...x, shape: [outer, sets, inner] });

/** The result back in the order of x. */
function inOrder(backend: WasmBackend, y: TensorInfo, x: TensorInfo, [outer, sets, inner]: Shape): TensorInfo {
  if (outer === 1 || sets === 1) return y;
  const result = transposed(backend, { ...y, shape: [sets, outer, inner] });
  dispose(backend, y, x);
  return { ...result, shape: x.shape };
}

const transposed = (backend: WasmBackend, x: TensorInfo): TensorInfo =>
  getKernel('Transpose', 'wasm')!.kernelFunc({
    inputs: { x },
    backend,
    attrs: { perm: [1, 0, 2] },
  }) as TensorInfo;

/** Frees what `bySet` made of x, if it made anything. */
function dispose(backend: WasmBackend, info: TensorInfo, x: TensorInfo): void {
  if (info.dataId !== x.dataId) backend.disposeData(info.dataId);
}

/** Runs a kernel for each set with the places of its part of each tensor, and the number of its elements. */
function eachSet(
  backend: WasmBackend,
  [, sets]: Shape,
  tensors: readonly TensorInfo[],
  run: (size: number, places: readonly number[]) => void,
): void {
  // Taken after outputs are made: offsets stay when the memory grows.
  const starts = tensors.map(({ dataId }) => backend.dataIdMap.get(dataId).memoryOffset ?? 0);
  const sizes = tensors.map((info) => sizeOf(info) / sets);
  for (let set = 0; set < sets; set++) {
    run(
      sizes[0]!,
      starts.map((start, i) => start + 4 * set * sizes[i]!),
    );
  }
}

export function instantiate(bytes: Uint8Array<ArrayBuffer>, limitsAt: number, memory: WebAssembly.Memory): Exports {
  const own = bytes.slice();
  if (isShared(memory)) own.set(SHARED_LIMITS, limitsAt);
  // At once, because tfjs's kernels are synchronous; the module is a few kilobytes.
  const instance = new WebAssembly.Instance(new WebAssembly.Module(own), { env: { memory } });
  return instance.exports as unknown as Exports;
}

/** Threaded builds give their memory by another name than plain ones. */
function memoryOf({ wasm }: WasmBackend): WebAssembly.Memory {
  const memory = wasm.wasmMemory ?? wasm.asm?.memory;
  if (memory !== undefined) return memory;
  throw new Error(
    'this version of the wasm backend gives no access to its memory, in which the kernels of opau work; ' +
      'use @tensorflow/tfjs-backend-wasm 4.22',
  );
}

/** By name: pages that are not isolated have no SharedArrayBuffer to compare with. */
const isShared = ({ buffer }: WebAssembly.Memory): boolean =>
  Object.prototype.toString.call(buffer) === '[object SharedArrayBuffer]';

const sizeOf = ({ shape }: TensorInfo): number => shape.reduce((size, side) => size * side, 1);
