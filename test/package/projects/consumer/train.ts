// What a user does with a generated layer, in Node and in a page: train, save, load.
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { HermitePade3x2 } from './generated/hermite-3-2.js';
import type { Outcome } from './outcome.js';

/** Teaches a small net a sine on a backend; `store` saves a model and loads it again. */
export async function trainAndReload(
  backend: string,
  store: (model: tfl.LayersModel) => Promise<tfl.LayersModel>,
): Promise<Outcome> {
  if (!(await tf.setBackend(backend)) || tf.getBackend() !== backend) throw new Error(`no backend ${backend}`);
  const activation = new HermitePade3x2();
  const model = tfl.sequential({
    layers: [
      tfl.layers.dense({ units: 16, inputShape: [1], kernelInitializer: tfl.initializers.glorotUniform({ seed: 1 }) }),
      activation,
      tfl.layers.dense({ units: 1, kernelInitializer: tfl.initializers.glorotUniform({ seed: 2 }) }),
    ],
  });
  model.compile({ optimizer: tf.train.adam(0.02), loss: 'meanSquaredError' });
  const x = tf.reshape(tf.linspace(-2, 2, 64), [64, 1]);
  const y = tf.sin(tf.mul(x, 2));
  const before = await activation.getWeights()[0]!.data();
  const { history } = await model.fit(x, y, { epochs: 40, batchSize: 64, shuffle: false, verbose: 0 });
  const after = await activation.getWeights()[0]!.data();

  const loaded = await store(model);
  const [ours, theirs] = [model, loaded].map((net) => net.predict(x) as tf.Tensor);
  return {
    backend: tf.getBackend(),
    firstLoss: history['loss']![0] as number,
    lastLoss: history['loss']!.at(-1) as number,
    moved: Math.max(...after.map((value, i) => Math.abs(value - before[i]!))),
    difference: (await tf.max(tf.abs(tf.sub(ours!, theirs!))).data())[0]!,
    loadedClass: loaded.layers[1]!.getClassName(),
  };
}
