import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { inOrder, makeBatch, type Scaling } from './batches.js';
import type { Dataset } from './dataset.js';
import type { Lenet } from './lenet.js';

/** Where each activation is sampled. */
export const GRID: readonly number[] = Array.from({ length: 321 }, (_, i) => (i - 160) / 20);

/** An activation as it stands: its weights, and its values on GRID. */
export interface ActivationState {
  readonly weights: Readonly<Record<string, readonly number[]>>;
  readonly values: readonly number[];
}

/** Reads every activation that has something to train; undefined stands for the others. */
export function readActivations(net: Lenet): Promise<(ActivationState | undefined)[]> {
  return Promise.all(
    net.activations.map(async (layer) => (layer.trainableWeights.length > 0 ? readState(layer) : undefined)),
  );
}

async function readState(layer: tfl.layers.Layer): Promise<ActivationState> {
  const weights: Record<string, number[]> = {};
  for (const weight of layer.trainableWeights) {
    const name = weight.originalName.split('/').at(-1)!;
    weights[name] = Array.from(await weight.read().data());
  }
  // call and not apply: apply would hold the grid against the shape that the layer was built for.
  const values = tf.tidy(() => layer.call(tf.tensor1d([...GRID]), {}) as tf.Tensor);
  const state = { weights, values: Array.from(await values.data()) };
  values.dispose();
  return state;
}

/** How often each cell of GRID was an input: one number a grid point, adding up to 1 but for inputs outside. */
export type InputHistogram = readonly number[];

const SAMPLE = 200;

/** What flows into each activation while the first pictures of the test set pass through the net. */
export async function inputHistograms(
  net: Lenet,
  { test, shape }: Dataset,
  scaling: Scaling,
): Promise<InputHistogram[]> {
  const inputs = tf.tidy(() => {
    let { x } = makeBatch(test, shape, scaling, inOrder(Math.min(SAMPLE, test.count), SAMPLE)[0]!) as { x: tf.Tensor };
    const seen: tf.Tensor[] = [];
    for (const layer of net.model.layers) {
      if (net.activations.includes(layer)) seen.push(x);
      x = layer.apply(x) as tf.Tensor;
    }
    return seen;
  });
  const histograms = await Promise.all(inputs.map(async (input) => histogram(await input.data())));
  tf.dispose(inputs);
  return histograms;
}

function histogram(values: ArrayLike<number>): InputHistogram {
  const counts = new Array<number>(GRID.length).fill(0);
  const step = GRID[1]! - GRID[0]!;
  for (let i = 0; i < values.length; i++) {
    const cell = Math.round((values[i]! - GRID[0]!) / step);
    if (cell >= 0 && cell < counts.length) counts[cell]! += 1 / values.length;
  }
  return counts;
}
