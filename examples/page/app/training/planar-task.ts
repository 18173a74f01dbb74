import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { epochBatches, type Batch } from '../../../fashion-mnist/batches.js';
import type { ActivationChoice, Lenet } from '../../../fashion-mnist/lenet.js';
import type { PlanarName } from './data-names.js';
import type { Sample } from './messages.js';
import { planarSet, POINTS, REACH, trainingSeed, unseenSeed } from './planar-sets.js';
import type { Exam, Task } from './task.js';

const BATCH = 64;
const STEPS = 1500;
const UNITS = 12;
/** Decision regions are drawn from so many probabilities a side. */
const GRID = 56;

/** Two classes of points in the plane, and a net with two hidden layers of 12. */
export function planarTask(name: PlanarName, seed: number): Task {
  const samples = planarSet(name, POINTS, trainingSeed(seed));
  const unseen = planarSet(name, POINTS, unseenSeed(seed));
  const perEpoch = Math.ceil(POINTS / BATCH);
  const asked = [...gridPlaces(), ...unseen.flatMap(({ x, y }) => [x, y])];
  return {
    steps: STEPS,
    samples,
    stepsPerExam: 1,
    build: (choice) => buildNet(choice, seed),
    batch: (step) => {
      const epoch = Math.floor(step / perEpoch);
      return batchOf([...epochBatches(POINTS, BATCH, seed, epoch)[step % perEpoch]!].map((i) => samples[i]!));
    },
    examine: (net) => examine(net, asked, unseen),
  };
}

function buildNet(choice: ActivationChoice, seed: number): Lenet {
  const initial = (layer: number) => tfl.initializers.heNormal({ seed: seed * 101 + layer });
  const activations = [choice.create('activation1'), choice.create('activation2')] as const;
  const { dense } = tfl.layers;
  const model = tfl.sequential({
    layers: [
      dense({ inputShape: [2], units: UNITS, kernelInitializer: initial(1) }),
      activations[0],
      dense({ units: UNITS, kernelInitializer: initial(2) }),
      activations[1],
      dense({ units: 2, kernelInitializer: initial(3) }),
    ],
  });
  return { model, activations };
}

const batchOf = (samples: readonly Sample[]): Batch => ({
  x: tf.tensor2d(
    samples.flatMap(({ x, y }) => [x, y]),
    [samples.length, 2],
  ) as unknown as Batch['x'],
  y: tf.tensor2d(
    samples.flatMap(({ label }) => [1 - label, label]),
    [samples.length, 2],
  ),
});

/** The middles of the cells of a grid, from the top left, row by row. */
function gridPlaces(): readonly number[] {
  const middle = (cell: number): number => REACH * ((2 * cell + 1) / GRID - 1);
  return Array.from({ length: GRID * GRID }, (_, i) => [middle(i % GRID), -middle(Math.floor(i / GRID))]).flat();
}

/** One pass for both: the grid, and the points that the net has not seen. */
async function examine(net: Lenet, asked: readonly number[], unseen: readonly Sample[]): Promise<Exam> {
  const margins = tf.tidy(() => {
    const logits = net.model.apply(tf.tensor2d([...asked], [asked.length / 2, 2])) as tf.Tensor2D;
    const [first, second] = tf.split(logits, 2, 1);
    return tf.sub(second!, first!);
  });
  const values = await margins.data();
  margins.dispose();
  const cells = GRID * GRID;
  const right = unseen.filter(({ label }, i) => (values[cells + i]! > 0 ? 1 : 0) === label).length;
  const probabilities = Uint8ClampedArray.from({ length: cells }, (_, i) => 255 / (1 + Math.exp(-values[i]!)));
  return { accuracy: right / unseen.length, picture: { kind: 'regions', size: GRID, values: probabilities } };
}
