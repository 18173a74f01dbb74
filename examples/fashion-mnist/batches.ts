import * as tf from '@tensorflow/tfjs-core';
import { CLASSES, type Pictures, type Shape } from './pictures.js';
import { seededOrder } from './random.js';

/** Per channel: what to take away and what to divide by, so that the training pixels have mean 0 and deviation 1. */
export interface Scaling {
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
}

export interface Batch {
  readonly x: tf.Tensor4D;
  /** One-hot. */
  readonly y: tf.Tensor2D;
}

export function measureScaling(pictures: Pictures, channels: number): Scaling {
  const sum = new Float64Array(channels);
  const squares = new Float64Array(channels);
  pictures.pixels.forEach((pixel, i) => {
    sum[i % channels]! += pixel;
    squares[i % channels]! += pixel * pixel;
  });
  const n = pictures.pixels.length / channels;
  const mean = Array.from(sum, (s) => s / n);
  // A channel of one colour has deviation 0: dividing by 1 then leaves it at 0.
  const deviation = Array.from(squares, (s, c) => Math.sqrt(Math.max(0, s / n - mean[c]! ** 2)) || 1);
  return { mean, deviation };
}

export const stepsPerEpoch = (pictures: Pictures, batchSize: number): number => Math.ceil(pictures.count / batchSize);

/** The picture numbers of each batch of one epoch: a function of seed and epoch alone, so every net sees the same. */
export function epochBatches(count: number, batchSize: number, seed: number, epoch: number): Uint32Array[] {
  const order = seededOrder(count, seed * 1009 + epoch);
  return Array.from({ length: Math.ceil(count / batchSize) }, (_, i) =>
    order.subarray(i * batchSize, (i + 1) * batchSize),
  );
}

/** All pictures in file order: for measuring. */
export function inOrder(count: number, batchSize: number): Uint32Array[] {
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  return Array.from({ length: Math.ceil(count / batchSize) }, (_, i) =>
    order.subarray(i * batchSize, (i + 1) * batchSize),
  );
}

/** The caller disposes both tensors. */
export function makeBatch(pictures: Pictures, shape: Shape, scaling: Scaling, numbers: Uint32Array): Batch {
  const channels = shape[2];
  const size = shape[0] * shape[1] * channels;
  const x = new Float32Array(numbers.length * size);
  const y = new Float32Array(numbers.length * CLASSES);
  numbers.forEach((number, row) => {
    for (let i = 0; i < size; i++) {
      const channel = i % channels;
      x[row * size + i] = (pictures.pixels[number * size + i]! - scaling.mean[channel]!) / scaling.deviation[channel]!;
    }
    y[row * CLASSES + pictures.labels[number]!] = 1;
  });
  return { x: tf.tensor4d(x, [numbers.length, ...shape]), y: tf.tensor2d(y, [numbers.length, CLASSES]) };
}
