/** From the fastest to the slowest, where a graphics card is behind them. */
export const BACKENDS = ['webgpu', 'webgl', 'wasm', 'cpu'] as const;
export type BackendName = (typeof BACKENDS)[number];

/** A backend as this browser has it. */
export interface Found {
  readonly name: BackendName;
  readonly usable: boolean;
  /** The adapter, or what is missing. */
  readonly about: string;
  /** A graphics card in software: slower than wasm. */
  readonly software: boolean;
}

const SOFTWARE = /swiftshader|llvmpipe|lavapipe|softpipe|software|basic render/i;

const missing = (name: BackendName, about: string): Found => ({ name, usable: false, about, software: false });

/** An empty module with one function that returns a vector: engines without SIMD refuse it. */
const SIMD = Uint8Array.of(
  ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 5, 1, 0x60, 0, 1, 0x7b, 3, 2, 1, 0, 10, 10, 1, 8, 0],
  ...[0x41, 0, 0xfd, 0x0f, 0xfd, 0x62, 0x0b],
);

async function lookForWebGPU(): Promise<Found> {
  const { gpu } = navigator as { readonly gpu?: GPU };
  if (gpu === undefined) return missing('webgpu', 'this browser has no WebGPU');
  const adapter = await gpu.requestAdapter();
  if (adapter === null) return missing('webgpu', 'no adapter: the browser gives this page no graphics card');
  const {
    vendor = '',
    architecture = '',
    description = '',
  } = (adapter as { info?: Partial<GPUAdapterInfo> }).info ?? {};
  const about = [...new Set([vendor, architecture, description])].filter((part) => part !== '').join(' ');
  return { name: 'webgpu', usable: true, about, software: SOFTWARE.test(about) };
}

function lookForWebGL(): Found {
  if (typeof OffscreenCanvas === 'undefined') return missing('webgl', 'this browser draws no graphics off the page');
  const gl = new OffscreenCanvas(1, 1).getContext('webgl2');
  if (gl === null) return missing('webgl', 'this browser has no WebGL 2');
  const names = gl.getExtension('WEBGL_debug_renderer_info');
  const about = String(gl.getParameter(names?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER));
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return { name: 'webgl', usable: true, about, software: SOFTWARE.test(about) };
}

function lookForWasm(): Found {
  if (typeof WebAssembly === 'undefined') return missing('wasm', 'this browser has no WebAssembly');
  const simd = WebAssembly.validate(SIMD);
  return { name: 'wasm', usable: true, about: simd ? 'SIMD' : 'without SIMD, and so slow', software: false };
}

/** What this browser has, in the order of BACKENDS. */
export async function lookForBackends(): Promise<readonly Found[]> {
  const cpu: Found = { name: 'cpu', usable: true, about: 'plain JavaScript', software: false };
  return [await lookForWebGPU(), lookForWebGL(), lookForWasm(), cpu];
}

/** The fastest: graphics cards, then wasm, then cards in software, then the CPU. */
export function best(found: readonly Found[]): BackendName {
  const usable = found.filter((one) => one.usable && one.name !== 'cpu');
  return (usable.find(({ software }) => !software) ?? usable[0])?.name ?? 'cpu';
}
