import type { LayersModel } from '@tensorflow/tfjs-layers';
import { again, copyModel } from './copy-model.js';
import { generatedLayers } from './generated-layers.js';
import { digits } from './histogram.js';
import { carriesAll, type CarriedBackend } from '../activation.js';
import { FrozenActivation, type FrozenCoefficients } from '../frozen.js';
import { PadeLayer } from '../layer.js';
import type { ActivationSpec } from '../spec.js';

/** A trained layer as plain data: what `opau-gen freeze --coefficients FILE` reads. */
export interface TrainedCoefficients extends FrozenCoefficients {
  /** What the layer was generated from. */
  readonly spec: Omit<ActivationSpec, 'initial'> & {
    readonly target: string;
    /** Whose kernels its module carries, where it was generated without those of some. */
    readonly backends?: readonly CarriedBackend[];
  };
}

/**
 * The coefficients of a generated layer that is built, as data that JSON holds exactly. Groups of channels are written
 * out channel by channel.
 */
export async function coefficientsOf(layer: PadeLayer): Promise<TrainedCoefficients> {
  const { initial, ...spec } = layer.op.spec;
  const { numerator, denominator } = layer;
  if (numerator === undefined)
    throw new Error(`coefficientsOf: ${layer.name} has no coefficients yet: it is not part of a model`);
  const [c, d] = [await numerator.read().data(), (await denominator?.read().data()) ?? []];
  const sets = numerator.shape.slice(0, -1) as number[];
  const repeats = channelsPerSet(layer, sets);
  const all = (values: ArrayLike<number>, length: number): number[] =>
    Array.from({ length: values.length * repeats }, (_, i) => {
      const set = Math.floor(i / length / repeats);
      return digits(values[set * length + (i % length)]!, 9);
    });
  return {
    spec: { ...spec, target: initial.target, ...(!carriesAll(layer.op) && { backends: layer.op.backends }) },
    sets: repeats === 1 ? sets : [sets[0]! * repeats],
    c: all(c, spec.m + 1),
    d: all(d, spec.n),
  };
}

/** More than 1 where the layer has groups of channels. */
function channelsPerSet({ inputSpec }: PadeLayer, sets: readonly number[]): number {
  if (sets.length !== 1) return 1;
  const [spec] = inputSpec;
  return (spec!.axes![spec!.ndim! - 1] ?? sets[0]!) / sets[0]!;
}

/**
 * A new model in which the coefficients of every generated layer are constants: it has only the other weights, which
 * are copied, and gives the same values. Saved, it needs `opau/runtime` and the generated modules to be loaded again.
 * Throws an Error where the model has no generated layers.
 */
export async function freezeModel(model: LayersModel): Promise<LayersModel> {
  const found = generatedLayers(model);
  if (found.length === 0)
    throw new Error(`freezeModel: ${model.name} has no generated layers: there is nothing to freeze`);
  const inside = found.find(({ wrapped }) => wrapped);
  if (inside !== undefined)
    throw new Error(
      `freezeModel: ${inside.path} is inside a wrapper: put the layer itself into the model, it treats all steps alike`,
    );
  const trained = new Map(
    await Promise.all(found.map(async ({ layer }) => [layer as object, await coefficientsOf(layer)] as const)),
  );
  return copyModel(model, (layer) => {
    const coefficients = trained.get(layer);
    if (coefficients === undefined) return again(layer);
    const { sets, c, d } = coefficients;
    const { name, batchInputShape, dtype } = layer;
    const frozen = new FrozenActivation({
      ...{ frozenClass: layer.getClassName(), sets, c, d, name },
      ...(batchInputShape && { batchInputShape, dtype }),
    });
    return { layer: frozen, sameWeights: false };
  });
}
