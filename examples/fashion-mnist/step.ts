import * as tf from '@tensorflow/tfjs-core';
import { coefficientOptimizer } from 'opau/training';
import type { Batch } from './batches.js';
import type { Lenet } from './lenet.js';

/** Of Adam, for weights and for the coefficients of activations. */
export interface LearningRates {
  readonly weights: number;
  readonly coefficients: number;
}

export interface StepResult {
  readonly loss: number;
  /** The part of the batch that was classified rightly, before this step changed the weights. */
  readonly accuracy: number;
}

/** Mean cross-entropy of `logits`, and how many of them name the right class. */
export function measure(logits: tf.Tensor2D, y: tf.Tensor2D): { loss: tf.Scalar; correct: tf.Scalar } {
  return {
    loss: tf.losses.softmaxCrossEntropy(y, logits),
    correct: tf.sum(tf.cast(tf.equal(tf.argMax(logits, 1), tf.argMax(y, 1)), 'float32')),
  };
}

/** One net with its optimiser. Every step leaves as many tensors as it found. */
export class Stepper {
  private readonly optimizer: tf.Optimizer;
  private readonly variables: tf.Variable[];

  constructor(
    private readonly net: Lenet,
    { weights, coefficients }: LearningRates,
  ) {
    this.optimizer = coefficientOptimizer(tf.train.adam(weights), { coefficients: { learningRate: coefficients } });
    this.variables = net.model.trainableWeights.map((weight) => weight.read() as tf.Variable);
  }

  async step({ x, y }: Batch): Promise<StepResult> {
    const result = tf.tidy(() => {
      let correct: tf.Scalar | undefined;
      const loss = this.optimizer.minimize(
        () => {
          const measured = measure(this.net.model.apply(x, { training: true }) as tf.Tensor2D, y);
          correct = tf.keep(measured.correct);
          return measured.loss;
        },
        true,
        this.variables,
      );
      const both = tf.stack([loss!, correct!]);
      correct!.dispose();
      return both;
    });
    // Not dataSync, which WebGPU does not have.
    const [loss, correct] = await result.data();
    result.dispose();
    return { loss: loss!, accuracy: correct! / x.shape[0] };
  }

  dispose(): void {
    this.optimizer.dispose();
    this.net.model.dispose();
  }
}
