import * as tf from '@tensorflow/tfjs-core';
import { generatedLayers, recordActivations, type Recording } from 'opau/training';
import { epochBatches, inOrder, makeBatch, type Scaling } from './batches.js';
import type { Dataset } from './dataset.js';
import { evaluate, type Score } from './evaluate.js';
import { buildLenet, type ActivationChoice } from './lenet.js';
import { Stepper, type LearningRates } from './step.js';

export interface Job {
  readonly dataset: Dataset;
  readonly scaling: Scaling;
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRates: LearningRates;
  /** Milliseconds. */
  readonly now: () => number;
}

/** `epoch` counts from the start of training and need not be whole. */
export interface CurvePoint extends Score {
  readonly epoch: number;
}

/** One net, trained from one seed. */
export interface TrainedNet {
  readonly label: string;
  readonly seed: number;
  /** Each point is the mean over the training pictures since the last one. */
  readonly training: readonly CurvePoint[];
  /** Each point is measured on the whole test set. */
  readonly test: readonly CurvePoint[];
  /** One an epoch: the training steps alone, without the measuring. */
  readonly epochSeconds: readonly number[];
  /** Of generated layers, in the order of PLACES; a net of ReLUs has none. */
  readonly recording?: Recording;
}

/** What one step of training tells those who watch. */
export interface StepReport {
  readonly epoch: number;
  readonly step: number;
  readonly steps: number;
  readonly loss: number;
  readonly accuracy: number;
}

const TRAINING_POINTS_PER_EPOCH = 20;
const TEST_POINTS_PER_EPOCH = 4;

export async function trainNet(
  choice: ActivationChoice,
  seed: number,
  job: Job,
  onStep: (report: StepReport) => void,
): Promise<TrainedNet> {
  const net = buildLenet(job.dataset.shape, choice, seed);
  const stepper = new Stepper(net, job.learningRates);
  const probe = probeOf(job);
  // Nets of ReLUs have nothing to record.
  const recorder = generatedLayers(net.model).length === 0 ? undefined : recordActivations(net.model, { probe });
  try {
    await recorder?.record({ epoch: 0, step: 0 });
    const training: CurvePoint[] = [];
    const test: CurvePoint[] = [{ epoch: 0, ...(await evaluate(net, job.dataset, job.scaling)) }];
    const epochSeconds: number[] = [];
    for (let epoch = 0; epoch < job.epochs; epoch++) {
      const watch = (report: StepReport, mean: () => Score): Promise<void> | void => {
        onStep(report);
        const at = epoch + report.step / report.steps;
        if (isMark(report, TRAINING_POINTS_PER_EPOCH)) training.push({ epoch: at, ...mean() });
        if (!isMark(report, TEST_POINTS_PER_EPOCH)) return;
        return evaluate(net, job.dataset, job.scaling).then(async (score) => {
          test.push({ epoch: at, ...score });
          await recorder?.record({ epoch: at, step: epoch * report.steps + report.step });
        });
      };
      epochSeconds.push(await trainEpoch(stepper, seed, epoch, job, watch));
    }
    const { label } = choice;
    return { label, seed, training, test, epochSeconds, ...(recorder && { recording: recorder.recording }) };
  } finally {
    probe.dispose();
    stepper.dispose();
  }
}

/** Returns the seconds spent in training steps; what `watch` does is not counted. */
async function trainEpoch(
  stepper: Stepper,
  seed: number,
  epoch: number,
  { dataset, scaling, batchSize, now }: Job,
  watch: (report: StepReport, meanSinceLastAsked: () => Score) => Promise<void> | void,
): Promise<number> {
  const batches = epochBatches(dataset.train.count, batchSize, seed, epoch);
  const mean = new RunningMean();
  let milliseconds = 0;
  for (const [i, numbers] of batches.entries()) {
    const started = now();
    const batch = makeBatch(dataset.train, dataset.shape, scaling, numbers);
    const { loss, accuracy } = await stepper.step(batch);
    tf.dispose([batch.x, batch.y]);
    milliseconds += now() - started;
    mean.add({ loss, accuracy }, numbers.length);
    await watch({ epoch: epoch + 1, step: i + 1, steps: batches.length, loss, accuracy }, () => mean.take());
  }
  return milliseconds / 1000;
}

/** Whether this step completes one of `marks` equal parts of its epoch. The last step always does. */
const isMark = ({ step, steps }: StepReport, marks: number): boolean =>
  Math.floor((step * marks) / steps) > Math.floor(((step - 1) * marks) / steps);

/** Pictures of the test set that the recorder looks at. */
const PROBE = 200;

function probeOf({ dataset: { test, shape }, scaling }: Job): tf.Tensor {
  const { x, y } = makeBatch(test, shape, scaling, inOrder(Math.min(PROBE, test.count), PROBE)[0]!);
  y.dispose();
  return x;
}

class RunningMean {
  private weight = 0;
  private loss = 0;
  private accuracy = 0;

  add(score: Score, weight: number): void {
    this.weight += weight;
    this.loss += score.loss * weight;
    this.accuracy += score.accuracy * weight;
  }

  take(): Score {
    const mean = { loss: this.loss / this.weight, accuracy: this.accuracy / this.weight };
    this.weight = this.loss = this.accuracy = 0;
    return mean;
  }
}
