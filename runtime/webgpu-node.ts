import { getBackend, setBackend } from '@tensorflow/tfjs-core';

/** The graphics adapter that tfjs's webgpu backend computes on. */
export interface WebGPUAdapter {
  /** For people: the driver's own words, e.g. "NVIDIA H200". */
  readonly description: string;
  readonly vendor: string;
  readonly architecture: string;
  /** Whether a CPU plays the graphics card. */
  readonly software: boolean;
  /** Whether the device was made with subgroup operations, which speed up sums. */
  readonly subgroups: boolean;
}

export interface StartWebGPUOptions {
  /** Whether a software adapter will do. Default true. */
  readonly software?: boolean;
  /** Imports a package by name. Default: `import(name)`, as seen from opau. */
  readonly load?: (packageName: string) => Promise<unknown>;
}

const DAWN = 'webgpu';
const BACKEND = '@tensorflow/tfjs-backend-webgpu';

const NO_ADAPTER =
  'WebGPU found no graphics adapter: install a Vulkan driver for your graphics card; or, to compute in software, ' +
  'install libvulkan1 and chromium (Debian) and set VK_ICD_FILENAMES=/usr/lib/chromium/vk_swiftshader_icd.json';

/** The small part of WebGPU that is used here. */
interface Adapter {
  readonly features: ReadonlySet<string>;
  readonly isFallbackAdapter?: boolean;
  readonly info?: {
    readonly vendor?: string;
    readonly architecture?: string;
    readonly description?: string;
    readonly device?: string;
    readonly isFallbackAdapter?: boolean;
  };
  requestDevice(descriptor?: { readonly requiredFeatures?: Iterable<string> }): Promise<unknown>;
}

interface Gpu {
  readonly wgslLanguageFeatures?: ReadonlySet<string>;
  requestAdapter(options?: object): Promise<Adapter | null>;
}

interface Dawn {
  readonly globals: object;
  create(options: string[]): Gpu;
}

/**
 * Gives Node WebGPU by the npm package `webgpu` (Dawn), and sets tfjs's webgpu backend on it: the way to graphics cards
 * without a browser. To be called before anything imports `@tensorflow/tfjs-backend-webgpu`; calling it again is safe.
 *
 * @returns the adapter it found
 * @throws Error in one line that says what to install or to do: where a package is missing, there is no adapter (or
 *   only a software one, with `software: false`), or tfjs refuses the backend
 */
export async function startWebGPU({
  software = true,
  load = (name) => import(name),
}: StartWebGPUOptions = {}): Promise<WebGPUAdapter> {
  const gpu = gpuOfProcess() ?? (await makeGpu(load));
  // The preference of the tfjs backend, which asks again for itself: so both get the same adapter.
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (adapter === null) throw new Error(NO_ADAPTER);
  const found = describe(adapter);
  if (found.software && !software) {
    throw new Error(`the only graphics adapter that WebGPU found is a software one (${found.description})`);
  }
  provide(gpu);
  await loadPackage(BACKEND, load);
  await useBackend();
  return found;
}

const gpuOfProcess = (): Gpu | undefined => (globalThis.navigator as { gpu?: Gpu } | undefined)?.gpu;

async function makeGpu(load: (name: string) => Promise<unknown>): Promise<Gpu> {
  const { create, globals } = (await loadPackage(DAWN, load)) as Dawn;
  // Constants such as GPUBufferUsage, which the backend takes from the global object.
  Object.assign(globalThis, globals);
  const dawn = create([]);
  return {
    wgslLanguageFeatures: dawn.wgslLanguageFeatures,
    requestAdapter: async (options) => {
      const adapter = await dawn.requestAdapter(options);
      return adapter === null ? null : withSubgroups(adapter);
    },
  };
}

/** The tfjs backend makes its device by itself, and asks for none of the features that kernels here can use. */
function withSubgroups(adapter: Adapter): Adapter {
  const requestDevice = adapter.requestDevice.bind(adapter);
  if (adapter.features.has('subgroups')) {
    adapter.requestDevice = (descriptor = {}) =>
      requestDevice({ ...descriptor, requiredFeatures: [...(descriptor.requiredFeatures ?? []), 'subgroups'] });
  }
  return adapter;
}

/** The backend looks for `navigator.gpu` while it is being imported. Node from 21 on has a navigator without one. */
function provide(gpu: Gpu): void {
  if (gpuOfProcess() !== undefined) return;
  const place = { configurable: true, writable: true };
  if (globalThis.navigator === undefined) Object.defineProperty(globalThis, 'navigator', { ...place, value: { gpu } });
  else Object.defineProperty(globalThis.navigator, 'gpu', { ...place, value: gpu });
}

async function loadPackage(name: string, load: (name: string) => Promise<unknown>): Promise<unknown> {
  try {
    return await load(name);
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const missing = (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND') && message.includes(`'${name}'`);
    const why = missing
      ? `needs the package ${name}: npm install ${name}@${name === DAWN ? '0.6.2' : '4.22.0'}`
      : `could not load ${name}: ${message.split('\n')[0]}`;
    throw new Error(`WebGPU in Node ${why}`, { cause });
  }
}

async function useBackend(): Promise<void> {
  let reason = 'setBackend returned false; its own message stands above';
  // tfjs throws where the backend is not registered, and returns false where it does not start.
  const set = await setBackend('webgpu').catch((error: Error) => {
    reason = error.message;
    return false;
  });
  if (set && getBackend() === 'webgpu') return;
  throw new Error(
    `tfjs refused the webgpu backend (${reason}); if ${BACKEND} was imported before startWebGPU(), import it later`,
  );
}

function describe({ info, features, isFallbackAdapter }: Adapter): WebGPUAdapter {
  const { vendor = '', architecture = '' } = info ?? {};
  const description = info?.description || info?.device || `${vendor} ${architecture}`.trim() || 'unknown';
  return {
    description,
    vendor,
    architecture,
    software:
      isFallbackAdapter === true ||
      info?.isFallbackAdapter === true ||
      /swiftshader|llvmpipe|lavapipe/i.test(`${architecture} ${description}`),
    subgroups: features.has('subgroups'),
  };
}
