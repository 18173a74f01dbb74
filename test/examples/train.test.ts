import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, test } from 'vitest';
import { epochBatches, makeBatch, measureScaling } from '../../examples/fashion-mnist/batches.js';
import { evaluate } from '../../examples/fashion-mnist/evaluate.js';
import { GRID } from '../../examples/fashion-mnist/inspect.js';
import { buildLenet } from '../../examples/fashion-mnist/lenet.js';
import { Stepper } from '../../examples/fashion-mnist/step.js';
import { trainNet, type Job, type StepReport } from '../../examples/fashion-mnist/train.js';
import { ensureConv2DBackpropFilter } from '../../runtime/index.js';
import { prelu, relu, tinyDataset } from './support.js';

const dataset = tinyDataset(40, 20);
const scaling = measureScaling(dataset.train, 1);
const job = (epochs: number): Job => ({
  dataset,
  scaling,
  epochs,
  batchSize: 10,
  learningRate: 1e-3,
  now: () => performance.now(),
});

beforeAll(async () => {
  await tf.setBackend('wasm');
  ensureConv2DBackpropFilter('wasm');
});

/** The kernels and biases of convolutions and dense layers, in order. */
const sharedWeights = (choice: typeof relu, seed: number): number[][] => {
  const { model } = buildLenet([28, 28, 1], choice, seed);
  const weights = model.layers.filter((layer) => /conv|dense/i.test(layer.name)).flatMap((layer) => layer.getWeights());
  const values = weights.map((weight) => [...weight.dataSync()]);
  model.dispose();
  return values;
};

describe('the net', () => {
  test('starts from the same weights whatever its activation, and from others with another seed', () => {
    const first = sharedWeights(relu, 1);
    expect(first).toHaveLength(10);
    expect(sharedWeights(prelu, 1)).toEqual(first);
    expect(sharedWeights(relu, 2)[0]).not.toEqual(first[0]);
  });

  test.each([[[28, 28, 1]], [[32, 32, 1]], [[32, 32, 3]]] as const)('takes pictures of %j', (shape) => {
    const { model, activations } = buildLenet(shape, relu, 1);
    expect(activations.map((layer) => layer.name)).toEqual([
      'activation1',
      'activation2',
      'activation3',
      'activation4',
    ]);
    expect(activations[0]!.outputShape).toEqual([null, 28, 28, 6]);
    expect(model.outputShape).toEqual([null, 10]);
    model.dispose();
  });
});

test('steps and measurements leave no tensor behind', async () => {
  const net = buildLenet(dataset.shape, prelu, 1);
  const stepper = new Stepper(net, 1e-3);
  const round = async (): Promise<number> => {
    const batch = makeBatch(dataset.train, dataset.shape, scaling, epochBatches(40, 10, 1, 0)[0]!);
    await stepper.step(batch);
    tf.dispose([batch.x, batch.y]);
    await evaluate(net, dataset, scaling);
    return tf.memory().numTensors;
  };
  // The first step makes the optimiser's moments.
  const after = await round();
  for (let i = 0; i < 3; i++) expect(await round()).toBe(after);
  stepper.dispose();
});

describe('training', () => {
  test('learns, reports every step, and is the same each time', async () => {
    const before = tf.memory().numTensors;
    const reports: StepReport[] = [];
    const net = await trainNet(relu, 1, job(8), (report) => reports.push(report));
    expect(reports).toHaveLength(32);
    expect(reports.at(-1)).toMatchObject({ epoch: 8, step: 4, steps: 4 });
    expect(net.epochSeconds).toHaveLength(8);
    expect(net.test.map((point) => point.epoch).slice(0, 6)).toEqual([0, 0.25, 0.5, 0.75, 1, 1.25]);
    expect(net.training.at(-1)!.loss).toBeLessThan(0.7 * net.training[0]!.loss);
    expect(net.activations).toEqual([]);
    const again = await trainNet(relu, 1, job(8), () => {});
    expect({ ...again, epochSeconds: [] }).toEqual({ ...net, epochSeconds: [] });
    expect(tf.memory().numTensors).toBe(before);
  });

  test('keeps what the activations were before and after', async () => {
    const { activations } = await trainNet(prelu, 1, job(2), () => {});
    expect(activations.map(({ place }) => place)).toEqual([0, 1, 2, 3]);
    for (const { before, after, inputs } of activations) {
      expect(before.weights['alpha']).toEqual([0]);
      expect(after.weights['alpha']).not.toEqual([0]);
      expect(before.values).toEqual(GRID.map((x) => Math.fround(Math.max(x, 0))));
      expect(inputs.reduce((sum, part) => sum + part, 0)).toBeGreaterThan(0.9);
    }
  });
});
