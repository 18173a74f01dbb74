import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { setBackend } from '@tensorflow/tfjs-core';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';

setWasmPaths(`${dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'))}/`);

/** The backends of this machine: both run emitted kernels. */
export const BACKENDS = ['cpu', 'wasm'] as const;

/** tf.setBackend can fail without throwing. */
export async function useBackend(name: string): Promise<void> {
  if (!(await setBackend(name))) throw new Error(`the backend ${name} could not be started`);
}
