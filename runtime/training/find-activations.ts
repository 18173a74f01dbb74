import { LayersModel } from '@tensorflow/tfjs-layers';
import type { Layer } from './copy-model.js';

/** Layers that are an activation and nothing else: class name to activation. */
const ACTIVATION_LAYERS: Readonly<Record<string, string>> = {
  ReLU: 'relu',
  LeakyReLU: 'leakyReLU',
  PReLU: 'prelu',
  ELU: 'elu',
  ThresholdedReLU: 'thresholdedReLU',
  Softmax: 'softmax',
};

/** Layers that end with an activation, which can as well follow them. */
const ENDING_WITH_ACTIVATION = [
  'Dense',
  'Conv1D',
  'Conv2D',
  'Conv3D',
  'Conv2DTranspose',
  'Conv3DTranspose',
  'SeparableConv2D',
  'DepthwiseConv2D',
];

/** Where an activation of a model is: a layer of its own, the end of another layer, or its inner workings. */
export type Place = 'layer' | 'end' | 'inside';

export interface FoundActivation {
  /** Through nested models: `encoder/dense_1`. */
  readonly path: string;
  readonly layer: Layer;
  /** As tfjs spells it: `relu`, `leakyReLU`, `hardSigmoid`. */
  readonly activation: string;
  readonly place: Place;
  /** Whether what leaves this layer is an output of the whole model. */
  readonly isOutput: boolean;
}

/** Every activation of a model and of the models nested in it, but for linear ones; each shared layer once. */
export function findActivations(model: LayersModel): FoundActivation[] {
  const outputs = outputLayers(model);
  const seen = new Set<Layer>();
  const search = (container: LayersModel, path: string): FoundActivation[] =>
    container.layers.flatMap((layer) => {
      if (seen.has(layer)) return [];
      seen.add(layer);
      const own = `${path}${layer.name}`;
      if (layer instanceof LayersModel) return search(layer, `${own}/`);
      return activationsOf(layer.getClassName(), layer.getConfig())
        .filter(({ activation }) => activation !== 'linear')
        .map((found) => ({ path: own, layer, isOutput: outputs.has(layer), ...found }));
    });
  return search(model, '');
}

type Config = Readonly<Record<string, unknown>>;

function activationsOf(className: string, config: Config): Pick<FoundActivation, 'activation' | 'place'>[] {
  const own = className === 'Activation' ? nameOf(config['activation']) : ACTIVATION_LAYERS[className];
  if (own !== undefined) return [{ activation: own, place: 'layer' }];
  // Elementwise functions do the same to every step of a sequence as to the whole of it.
  if (className === 'TimeDistributed') {
    const { className: inner, config: innerConfig } = config['layer'] as { className: string; config: Config };
    return activationsOf(inner, innerConfig);
  }
  const place = ENDING_WITH_ACTIVATION.includes(className) ? 'end' : 'inside';
  return [...new Set(namedIn(config))].map((activation) => ({ activation, place }));
}

/** The values of `activation`, `recurrentActivation` and the like, also of cells and wrapped layers. */
function namedIn(config: Config): string[] {
  return Object.entries(config).flatMap(([key, value]) => {
    if (/activation$/i.test(key)) return nameOf(value) ?? [];
    return typeof value === 'object' && value !== null ? namedIn(value as Config) : [];
  });
}

/** From a name, or from the serialised form of an object. */
function nameOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  const className = (value as { readonly className?: unknown } | null)?.className;
  return typeof className === 'string' ? className : undefined;
}

/** The layers, at the bottom of nested models, that make the outputs of a model. */
function outputLayers(model: LayersModel): ReadonlySet<Layer> {
  const producers = model.outputs.map(({ sourceLayer }) => sourceLayer);
  return new Set(producers.flatMap((layer) => (layer instanceof LayersModel ? [...outputLayers(layer)] : [layer])));
}
