import * as tf from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import type { Act } from './answer.js';
import { buildLenet } from '../../examples/fashion-mnist/lenet.js';
import { Stepper } from '../../examples/fashion-mnist/step.js';
import { ensureConv2DBackpropFilter } from '../../runtime/index.js';

const BATCH = 32;

/** One training step of LeNet with an activation, on the same random pictures each time; `n` counts for nothing. */
export async function lenetStep(activation: 'relu' | (new (args: { name: string }) => layers.Layer)): Promise<Act> {
  ensureConv2DBackpropFilter();
  const create = (name: string): layers.Layer =>
    activation === 'relu' ? layers.reLU({ name }) : new activation({ name });
  const net = buildLenet([28, 28, 1], { label: '', create }, 1);
  const stepper = new Stepper(net, { weights: 1e-3, coefficients: 1e-3 });
  const x = tf.randomUniform([BATCH, 28, 28, 1], 0, 1, 'float32', 1) as tf.Tensor4D;
  const y = tf.oneHot(tf.mod(tf.range(0, BATCH, 1, 'int32'), tf.scalar(10, 'int32')) as tf.Tensor1D, 10) as tf.Tensor2D;
  return async () => void (await stepper.step({ x, y }));
}
