import { engine, env, getBackend, ready, setBackend } from '@tensorflow/tfjs-core';
import { startWebGPU } from 'opau/webgpu-node';
import type { CandidateName } from './backends.js';
import { manifest } from './manifest.js';
import type { Traits } from './traits.js';
import { hasRelaxedSimd, hasSimd } from './wasm-features.js';

type Load = (packageName: string) => Promise<unknown>;
type Start = (load: Load, project: NodeJS.Require) => Promise<Started>;

export interface Started {
  /** The library or adapter, for people. */
  readonly found: string;
  readonly traits: Traits;
}

/** How each backend is loaded, and what it says of itself. */
const STARTS: Readonly<Record<CandidateName, Start>> = {
  cpu: async (load, project) => {
    await load('@tensorflow/tfjs-backend-cpu');
    await use('cpu');
    return { found: `${versioned(project, 'tfjs-backend-cpu')}, loops in doubles`, traits: {} };
  },
  wasm: async (load, project) => {
    await load('@tensorflow/tfjs-backend-wasm');
    await use('wasm');
    const traits = { simd: hasSimd(), relaxedSimd: hasRelaxedSimd() };
    const engineHas = `${traits.simd ? 'SIMD' : 'no SIMD'}, ${traits.relaxedSimd ? 'relaxed SIMD' : 'no relaxed SIMD'}`;
    return { found: `${versioned(project, 'tfjs-backend-wasm')}, ${engineHas}`, traits };
  },
  webgpu: async (load) => {
    const { description, software, subgroups } = await startWebGPU({ load });
    // Else tfjs computes small tensors on the CPU.
    env().set('WEBGPU_CPU_FORWARD', false);
    const found = `${description}${software ? ', software' : ''}, ${subgroups ? 'with' : 'without'} subgroups`;
    return { found, traits: { software } };
  },
  'tfjs-node': (load) => startTensorflow(load, '@tensorflow/tfjs-node'),
  'tfjs-node-gpu': (load) => startTensorflow(load, '@tensorflow/tfjs-node-gpu'),
};

export const start = (name: CandidateName, load: Load, project: NodeJS.Require): Promise<Started> =>
  STARTS[name](load, project);

async function startTensorflow(load: Load, packageName: string): Promise<Started> {
  await load(packageName);
  await use('tensorflow');
  const { binding, isUsingGpuDevice: gpu } = engine().backend as unknown as {
    readonly binding: { readonly TF_Version: string };
    readonly isUsingGpuDevice: boolean;
  };
  return { found: `libtensorflow ${binding.TF_Version} on the ${gpu ? 'GPU' : 'CPU'}`, traits: { gpu } };
}

/** setBackend can return false without throwing. */
async function use(backend: string): Promise<void> {
  const set = await setBackend(backend);
  if (!set || getBackend() !== backend) throw new Error(`tfjs refused to set the backend ${backend}`);
  await ready();
}

const versioned = (project: NodeJS.Require, name: string): string =>
  `${name} ${manifest(project, `@tensorflow/${name}`)!.version}`;
