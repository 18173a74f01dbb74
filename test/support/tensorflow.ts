import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { findBackend } from '@tensorflow/tfjs-core';

export type TensorflowOutcome =
  { readonly ok: true; readonly libtensorflow: string } | { readonly ok: false; readonly reason: string };

/** Where examples/tfjs-node/link-libtensorflow.mjs puts tfjs-node: apart from the packages of `npm ci`. */
const modules = fileURLToPath(new URL('../../.tensorflow/node_modules/', import.meta.url));

/**
 * Registers the backend `tensorflow` with the tfjs-core of this process: the copy in `modules` keeps its engine, its
 * kernels and its gradients in the same globals. A tfjs-node that is there and does not load is a fault: it throws.
 */
export function loadTensorflow(): TensorflowOutcome {
  if (!existsSync(`${modules}.libtensorflow/requirement`)) {
    return { ok: false, reason: 'tfjs-node is not installed: node examples/tfjs-node/link-libtensorflow.mjs' };
  }
  // libtensorflow greets with the instruction sets that it was not compiled for.
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2';
  createRequire(modules)('@tensorflow/tfjs-node');
  const backend = findBackend('tensorflow') as unknown as { readonly binding: { readonly TF_Version: string } };
  return { ok: true, libtensorflow: backend.binding.TF_Version };
}
