import type { serialization } from '@tensorflow/tfjs-core';
import { layers, type LayersModel } from '@tensorflow/tfjs-layers';
import { again, copyModel, type Layer, type Substitute } from './copy-model.js';
import { findActivations, type FoundActivation } from './find-activations.js';

/** What `replaceActivations` replaces where it is not told otherwise. */
export const RELU_FAMILY = ['relu', 'relu6', 'leakyReLU', 'prelu', 'elu', 'selu', 'thresholdedReLU'] as const;

/** All elementwise activations of tfjs layers. Softmax is none: it looks at all elements together. */
export const ELEMENTWISE_ACTIVATIONS = [
  ...RELU_FAMILY,
  ...['swish', 'gelu', 'gelu_new', 'mish', 'softplus', 'softsign', 'tanh', 'sigmoid', 'hardSigmoid'],
] as const;

export interface ReplaceOptions {
  /** Which to replace, as tfjs spells them; default `RELU_FAMILY`. */
  readonly activations?: readonly string[];
  /** Whether to replace those that make an output of the model. Default false. */
  readonly outputs?: boolean;
  /** What to do with those inside a layer, such as an LSTM's, which cannot be taken out of it. Default `'throw'`. */
  readonly unsupported?: 'throw' | 'keep';
}

/** An activation of a model, and what `replaceActivations` does with it. */
export interface ActivationPlan extends FoundActivation {
  readonly action: 'replace' | 'keep' | 'unsupported';
  /** The name of the layer that replaces it: that of the layer replaced, or `<layer>_activation` for one inside. */
  readonly name?: string;
}

/** What a layer is made for: `activation` names what it replaces, in or at `layer`. */
export type LayerRequest = Pick<ActivationPlan, 'layer' | 'activation' | 'path'> & { readonly name: string };

/** Every activation of a model but linear ones, and what `replaceActivations` with the same options does with it. */
export function listActivations(model: LayersModel, options: ReplaceOptions = {}): ActivationPlan[] {
  const wanted = checkNames(options.activations ?? RELU_FAMILY);
  const found = findActivations(model);
  const taken = new Set(allNames(model));
  return found.map((one) => {
    if (!wanted.has(one.activation) || (one.isOutput && options.outputs !== true)) return { ...one, action: 'keep' };
    if (one.place === 'inside') return { ...one, action: options.unsupported === 'keep' ? 'keep' : 'unsupported' };
    const name = one.place === 'layer' ? one.layer.name : freeName(`${one.layer.name}_activation`, taken);
    taken.add(name);
    return { ...one, action: 'replace', name };
  });
}

/**
 * A new model in which generated layers stand where activations were. It has the same topology, names, and values of all
 * other weights, and shares none with the old one; it is not compiled. A layer that was shared stays so, and so does its
 * activation. `makeLayer` is called once for each activation and returns a new layer, which gets the name in its request;
 * a layer that it has returned before, to share the coefficients; or undefined, to keep that activation.
 *
 *     const rational = replaceActivations(model, () => new HermitePade5x4());
 *
 * Throws an Error where nothing is to be replaced, or an activation is inside a layer that it cannot be taken out of.
 */
export function replaceActivations(
  model: LayersModel,
  makeLayer: (request: LayerRequest) => Layer | undefined,
  options: ReplaceOptions = {},
): LayersModel {
  const plans = listActivations(model, options);
  const describe = (some: readonly ActivationPlan[]): string =>
    some.map(({ path, layer, activation }) => `${path} (${layer.getClassName()}, ${activation})`).join(', ');
  const unsupported = plans.filter(({ action }) => action === 'unsupported');
  if (unsupported.length > 0) {
    throw new Error(
      `replaceActivations: ${describe(unsupported)}: the activation is inside the layer and cannot be taken out of it; ` +
        "unsupported: 'keep' leaves it as it is and replaces the others",
    );
  }
  const replaced = new Map(plans.filter(({ action }) => action === 'replace').map((plan) => [plan.layer, plan]));
  if (replaced.size === 0) {
    const there =
      plans.length === 0 ? 'the model has no activations' : `of the model's activations, ${describe(plans)}, none`;
    throw new Error(
      `replaceActivations: nothing to replace: ${there}${plans.length === 0 ? '' : ' is to be replaced'}; ` +
        'name others in activations: [...], and set outputs: true for those of output layers',
    );
  }
  const made = new Set<Layer>();
  return copyModel(model, (layer) => {
    const plan = replaced.get(layer);
    const activation = plan === undefined ? undefined : newLayer(plan as LayerRequest, makeLayer, made);
    return activation === undefined ? again(layer) : substitute(plan!, activation);
  });
}

function newLayer(request: LayerRequest, makeLayer: (request: LayerRequest) => Layer | undefined, made: Set<Layer>) {
  const { layer, activation, path, name } = request;
  const result = makeLayer({ layer, activation, path, name });
  if (result === undefined || made.has(result)) return result;
  if (!(result instanceof layers.Layer))
    throw new Error(
      `replaceActivations: makeLayer returned ${String(result)} for ${path}, but must return a layer or undefined`,
    );
  if (result.built)
    throw new Error(
      `replaceActivations: makeLayer returned ${result.name} for ${path}, which is part of a model: make a new one`,
    );
  result.name = name;
  made.add(result);
  return result;
}

function substitute({ layer, place }: ActivationPlan, activation: Layer): Substitute {
  if (place === 'layer') {
    // The first layer of a model says what goes in.
    const { batchInputShape, dtype } = layer;
    return {
      layer: Object.assign(activation, batchInputShape === undefined ? {} : { batchInputShape, dtype }),
      sameWeights: false,
    };
  }
  const inner = layer.getConfig()['layer'] as { className: string; config: Record<string, never> } | undefined;
  const changes: serialization.ConfigDict =
    inner === undefined
      ? { activation: 'linear' }
      : { layer: { ...inner, config: { ...inner.config, activation: 'linear' } } };
  return { ...again(layer, changes), then: activation };
}

function checkNames(names: readonly string[]): ReadonlySet<string> {
  const wrong = names.find((name) => !(ELEMENTWISE_ACTIVATIONS as readonly string[]).includes(name));
  if (wrong === undefined) return new Set(names);
  throw new Error(
    `replaceActivations: activations holds "${wrong}", but an activation that can be replaced is one of ` +
      ELEMENTWISE_ACTIVATIONS.join(', '),
  );
}

const allNames = (model: LayersModel): string[] =>
  model.layers.flatMap((layer) => [layer.name, ...('layers' in layer ? allNames(layer as LayersModel) : [])]);

function freeName(wish: string, taken: ReadonlySet<string>): string {
  for (let name = wish, i = 1; ; name = `${wish}_${i++}`) if (!taken.has(name)) return name;
}
