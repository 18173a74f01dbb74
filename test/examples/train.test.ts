import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, test } from 'vitest';
import { epochBatches, makeBatch, measureScaling } from '../../examples/fashion-mnist/batches.js';
import { evaluate } from '../../examples/fashion-mnist/evaluate.js';
import { buildLenet } from '../../examples/fashion-mnist/lenet.js';
import { Stepper } from '../../examples/fashion-mnist/step.js';
import { trainNet, type Job, type StepReport } from '../../examples/fashion-mnist/train.js';
import { ensureConv2DBackpropFilter } from '../../runtime/index.js';
import { spec } from '../../generated/hermite-5-4.js';
import { hermite, prelu, relu, tinyDataset } from './support.js';

const dataset = tinyDataset(40, 20);
const scaling = measureScaling(dataset.train, 1);
const job = (epochs: number): Job => ({
  dataset,
  scaling,
  epochs,
  batchSize: 10,
  learningRates: { weights: 1e-3, coefficients: 1e-3 },
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
  const stepper = new Stepper(net, { weights: 1e-3, coefficients: 1e-3 });
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
    expect(net.recording).toBeUndefined();
    const again = await trainNet(relu, 1, job(8), () => {});
    expect({ ...again, epochSeconds: [] }).toEqual({ ...net, epochSeconds: [] });
    expect(tf.memory().numTensors).toBe(before);
  });

  test('records generated layers, and leaves no tensor behind', async () => {
    const before = tf.memory().numTensors;
    const { recording, test: scores } = await trainNet(hermite, 1, job(2), () => {});
    expect(tf.memory().numTensors).toBe(before);
    expect(recording!.moments.map(({ epoch }) => epoch)).toEqual(scores.map(({ epoch }) => epoch));
    expect(recording!.moments.at(-1)!.step).toBe(8);
    expect(recording!.layers.map(({ path }) => path)).toEqual([
      'activation1',
      'activation2',
      'activation3',
      'activation4',
    ]);
    for (const { frames } of recording!.layers) {
      expect(frames[0]!.numerator[0]!.map(Math.fround)).toEqual(spec.initial.c.map(Math.fround));
      expect(frames.at(-1)!.numerator).not.toEqual(frames[0]!.numerator);
      expect(frames.at(-1)!.inputs.cells.reduce((sum, part) => sum + part, 0)).toBeGreaterThan(0.9);
    }
  });
});
