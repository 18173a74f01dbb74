import type { serialization } from '@tensorflow/tfjs-core';
import { input, layers, LayersModel, model, Sequential, sequential, SymbolicTensor } from '@tensorflow/tfjs-layers';

export type Layer = layers.Layer;
type Node = Layer['inboundNodes'][number];

/** What a copied model has for a layer: one in its place, and perhaps one more after it. */
export interface Substitute {
  readonly layer: Layer;
  readonly then?: Layer;
  /** Whether `layer` takes over the weights of the original. */
  readonly sameWeights: boolean;
}

/**
 * A new model with the same topology and names, and weights of its own that start with the same values. `substitute` gives
 * what stands for a layer, and is asked once for each, also inside nested models: `again(layer)` unless it is to change.
 */
export function copyModel(original: LayersModel, substitute: (layer: Layer) => Substitute): LayersModel {
  return new Copier(substitute).model(original);
}

/** A new layer of the same class from the same config, perhaps with some of it changed. */
export function again(layer: Layer, changes: serialization.ConfigDict = {}): Substitute {
  const cls = layer.constructor as typeof layers.Layer & serialization.SerializableConstructor<Layer>;
  // What is not trainable is set after it is built: tfjs loses count of the weights of layers that are built frozen.
  const config = { ...layer.getConfig(), trainable: true, ...changes };
  return { layer: cls.fromConfig(cls, config), sameWeights: true };
}

class Copier {
  private readonly substitutes = new Map<Layer, Substitute>();

  constructor(private readonly substitute: (layer: Layer) => Substitute) {}

  model(original: LayersModel): LayersModel {
    const copy = original instanceof Sequential ? this.sequential(original) : this.functional(original);
    for (const layer of original.layers) this.takeOver(layer);
    // Setting it to true would thaw frozen layers inside.
    if (!original.trainable) copy.trainable = false;
    return copy;
  }

  private sequential({ name, layers }: Sequential): Sequential {
    const copies = layers.map((layer) => this.of(layer));
    return sequential({
      name,
      layers: copies.flatMap(({ layer, then }) => (then === undefined ? [layer] : [layer, then])),
    });
  }

  private functional({ name, inputs, outputs, nodesByDepth }: LayersModel): LayersModel {
    const copies = new Map<number, SymbolicTensor>();
    const copyOf = ({ id }: SymbolicTensor): SymbolicTensor => copies.get(id)!;
    for (const tensor of inputs) {
      const { shape, dtype, sourceLayer } = tensor;
      copies.set(tensor.id, input({ batchShape: [...shape], dtype, name: sourceLayer.name }));
    }
    const depths = Object.keys(nodesByDepth).map(Number);
    for (const depth of depths.sort((a, b) => b - a)) {
      for (const node of nodesByDepth[depth]!) {
        if (node.outputTensors.every(({ id }) => copies.has(id))) continue;
        const results = this.apply(node, node.inputTensors.map(copyOf));
        node.outputTensors.forEach(({ id }, i) => copies.set(id, results[i]!));
      }
    }
    return model({ name, inputs: inputs.map(copyOf), outputs: outputs.map(copyOf) });
  }

  private apply({ outboundLayer, callArgs }: Node, inputs: readonly SymbolicTensor[]): readonly SymbolicTensor[] {
    const { layer, then } = this.of(outboundLayer);
    // Arguments that are symbolic (the initial state of an RNN) are among the inputs too.
    const plain = Object.entries(callArgs ?? {}).filter(([, value]) => !isSymbolic(value));
    const result = layer.apply(inputs.length === 1 ? inputs[0]! : [...inputs], Object.fromEntries(plain));
    const last = then === undefined ? result : then.apply(result);
    return (Array.isArray(last) ? last : [last]) as SymbolicTensor[];
  }

  private of(layer: Layer): Substitute {
    const known = this.substitutes.get(layer);
    if (known !== undefined) return known;
    const made =
      layer instanceof LayersModel ? { layer: this.model(layer), sameWeights: false } : this.substitute(layer);
    this.substitutes.set(layer, made);
    return made;
  }

  private takeOver(original: Layer): void {
    const substitute = this.substitutes.get(original);
    if (substitute === undefined || !substitute.sameWeights) return;
    const { layer } = substitute;
    layer.trainable = original.trainable;
    if (original.weights.length > 0) layer.setWeights(original.getWeights());
  }
}

const isSymbolic = (value: unknown): boolean =>
  Array.isArray(value) ? value.some(isSymbolic) : value instanceof SymbolicTensor;
