import * as tf from '@tensorflow/tfjs-core';
import { inOrder, makeBatch, type Scaling } from './batches.js';
import type { Dataset } from './dataset.js';
import type { Lenet } from './lenet.js';
import { measure } from './step.js';

export interface Score {
  readonly loss: number;
  readonly accuracy: number;
}

const BATCH = 500;

/** Loss and accuracy over the whole test set. */
export async function evaluate(net: Lenet, { test, shape }: Dataset, scaling: Scaling): Promise<Score> {
  let lossSum = 0;
  let correctSum = 0;
  for (const numbers of inOrder(test.count, BATCH)) {
    const measured = tf.tidy(() => {
      const { x, y } = makeBatch(test, shape, scaling, numbers);
      const { loss, correct } = measure(net.model.apply(x, { training: false }) as tf.Tensor2D, y);
      return tf.stack([loss, correct]);
    });
    const [loss, correct] = await measured.data();
    measured.dispose();
    lossSum += loss! * numbers.length;
    correctSum += correct!;
  }
  return { loss: lossSum / test.count, accuracy: correctSum / test.count };
}
