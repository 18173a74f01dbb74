import { getBackend, ready, setBackend } from '@tensorflow/tfjs-core';
import { ensureConv2DBackpropFilter } from 'opau/runtime';
import type { BackendName } from './backends.js';

/** Each backend is a file of its own, loaded when it is chosen. */
const LOAD: Readonly<Record<BackendName, () => Promise<void>>> = {
  webgpu: async () => void (await import('@tensorflow/tfjs-backend-webgpu')),
  webgl: async () => void (await import('@tensorflow/tfjs-backend-webgl')),
  wasm: async () => (await import('./wasm-files.js')).setWasmFiles(),
  cpu: async () => void (await import('@tensorflow/tfjs-backend-cpu')),
};

/** Makes a backend the current one. Throws an Error that names another way where it does not start. */
export async function startBackend(name: BackendName): Promise<void> {
  if (getBackend() === name) return;
  await LOAD[name]();
  const started = await setBackend(name).catch(() => false);
  if (!started || getBackend() !== name) {
    throw new Error(`the ${name} backend does not start in this browser: choose another one`);
  }
  await ready();
  ensureConv2DBackpropFilter(name);
}
