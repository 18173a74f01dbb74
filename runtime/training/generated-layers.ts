import { LayersModel, type layers } from '@tensorflow/tfjs-layers';
import { PadeLayer } from '../layer.js';

type Layer = layers.Layer;

/** A generated layer of a model, and its name through nested models and wrappers: `encoder/dense_1_activation`. */
export interface GeneratedLayer {
  readonly path: string;
  readonly layer: PadeLayer;
  /** Whether it is inside a wrapper, such as tf.layers.timeDistributed. */
  readonly wrapped: boolean;
}

/** Every generated layer of a model, in the order of its layers; a shared one once. */
export function generatedLayers(model: LayersModel): GeneratedLayer[] {
  const seen = new Set<Layer>();
  const search = (layer: Layer, path: string, wrapped = false): GeneratedLayer[] => {
    if (seen.has(layer)) return [];
    seen.add(layer);
    if (layer instanceof PadeLayer) return [{ path, layer, wrapped }];
    if (layer instanceof LayersModel) return layer.layers.flatMap((inner) => search(inner, `${path}/${inner.name}`));
    const { layer: inner } = layer as { readonly layer?: Layer };
    return inner === undefined ? [] : search(inner, `${path}/${inner.name}`, true);
  };
  return model.layers.flatMap((layer) => search(layer, layer.name));
}
