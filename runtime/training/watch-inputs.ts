import { dispose, keep, type Tensor } from '@tensorflow/tfjs-core';
import type { layers, LayersModel } from '@tensorflow/tfjs-layers';
import type { PadeLayer } from '../layer.js';

type Hook = Parameters<layers.Layer['setCallHook']>[0];

/**
 * What reaches each of some layers while `probe` passes through the model, not in training: for each layer one tensor a
 * place where it is used. They are the caller's to dispose of. Every other hook on the layers stays.
 */
export function watchInputs(
  model: LayersModel,
  watched: readonly PadeLayer[],
  probe: Tensor | Tensor[],
): readonly (readonly Tensor[])[] {
  const seen = watched.map((): Tensor[] => []);
  const hooks = watched.map((layer) => (layer as unknown as { readonly _callHook: Hook | null })._callHook);
  watched.forEach((layer, i) =>
    layer.setCallHook((inputs) => void seen[i]!.push(keep((Array.isArray(inputs) ? inputs[0]! : inputs).clone()))),
  );
  try {
    dispose(model.predictOnBatch(probe));
  } finally {
    watched.forEach((layer, i) => (hooks[i] ? layer.setCallHook(hooks[i]) : layer.clearCallHook()));
  }
  return seen;
}
