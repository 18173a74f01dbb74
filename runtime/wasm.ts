import type { DataId, KernelBackend, TensorInfo } from '@tensorflow/tfjs-core';
import { register } from './register.js';

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

/** What the module exports; see compiler/targets/wasm/module.ts. Places in bytes, n in elements. */
interface Exports {
  forward(xs: number, n: number, c: number, d: number, ys: number): void;
  backward(xs: number, dys: number, n: number, c: number, d: number, dxs: number, dc: number, dd: number): void;
}

/**
 * Registers `<name>` (x, c, d -> y) and `<name>Grad` (x, dy, c, d -> dx, dc, dd) on the wasm backend; not where the
 * engine cannot run the module, for want of SIMD: there the composed form stays.
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

  register<WasmBackend>(name, 'wasm', (inputs, backend) => {
    const y = backend.makeOutput(inputs['x']!.shape, 'float32');
    const [x, c, d, ys] = places(backend, [inputs['x']!, inputs['c']!, inputs['d']!, y]);
    exportsFor(backend).forward(x!, sizeOf(y), c!, d!, ys!);
    return y;
  });
  register<WasmBackend>(`${name}Grad`, 'wasm', (inputs, backend) => {
    const outputs = ['x', 'c', 'd'].map((input) => backend.makeOutput(inputs[input]!.shape, 'float32'));
    const [x, dy, c, d] = places(
      backend,
      ['x', 'dy', 'c', 'd'].map((input) => inputs[input]!),
    );
    const [dx, dc, dd] = places(backend, outputs);
    exportsFor(backend).backward(x!, dy!, sizeOf(outputs[0]!), c!, d!, dx!, dc!, dd!);
    return outputs;
  });
}

/** The fastest of the modules that the engine can run. */
function bestModule({ relaxed, base64 }: WasmKernels): Uint8Array<ArrayBuffer> | undefined {
  if (typeof WebAssembly === 'undefined') return undefined;
  return [relaxed, base64]
    .filter((text) => text !== undefined)
    .map((text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0)))
    .find((bytes) => WebAssembly.validate(bytes));
}

function instantiate(bytes: Uint8Array<ArrayBuffer>, limitsAt: number, memory: WebAssembly.Memory): Exports {
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

/** Where tensors lie. Taken at each call, after outputs are made: offsets stay when the memory grows. */
const places = (backend: WasmBackend, tensors: readonly TensorInfo[]): number[] =>
  tensors.map(({ dataId }) => backend.dataIdMap.get(dataId).memoryOffset ?? 0);

const sizeOf = ({ shape }: TensorInfo): number => shape.reduce((size, side) => size * side, 1);
