import * as tf from '@tensorflow/tfjs-core';

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
  /**
   * Runs between loading the first package and the second; throws what speaks against it.
   * `forced`: the user named it.
   */
  readonly between?: (first: unknown, forced: boolean) => Promise<void>;
}

/** Best first. */
export const CANDIDATES: readonly Candidate[] = [
  { name: 'node-gpu', packages: ['@tensorflow/tfjs-node-gpu'], backend: 'tensorflow', check: praiseNodeGpu },
  {
    name: 'webgpu',
    packages: ['webgpu', '@tensorflow/tfjs-backend-webgpu'],
    backend: 'webgpu',
    between: provideWebgpu,
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

/** The small part of WebGPU that is needed to judge an adapter. */
interface Adapter {
  readonly isFallbackAdapter?: boolean;
  readonly info?: {
    readonly isFallbackAdapter?: boolean;
    readonly architecture?: string;
    readonly description?: string;
  };
}

interface WebgpuPackage {
  readonly globals: object;
  create(options: string[]): { requestAdapter(): Promise<Adapter | null> };
}

/** Puts npm's `webgpu` (Dawn) where a browser has it: the tfjs backend looks there while it is being imported. */
async function provideWebgpu(first: unknown, forced: boolean): Promise<void> {
  const { globals, create } = first as WebgpuPackage;
  const gpu = create([]);
  const adapter = await gpu.requestAdapter();
  if (adapter === null) throw new Error('it found no graphics adapter');
  if (!forced && isSoftware(adapter)) throw new Error('the only adapter is a software one');
  Object.assign(globalThis, globals);
  Object.defineProperty(globalThis, 'navigator', { value: { gpu }, configurable: true, writable: true });
}

const isSoftware = ({ isFallbackAdapter, info }: Adapter): boolean =>
  isFallbackAdapter === true ||
  info?.isFallbackAdapter === true ||
  /swiftshader|llvmpipe|lavapipe/i.test(`${info?.architecture} ${info?.description}`);
