import * as tf from '@tensorflow/tfjs-core';
import { epochBatches, makeBatch, stepsPerEpoch } from './batches.js';
import { buildLenet, type ActivationChoice } from './lenet.js';
import { Stepper } from './step.js';
import type { Job } from './train.js';

export interface Plan {
  readonly seeds: number;
  /** Of one training step of each net, in the order of the choices, with its share of the measuring. */
  readonly stepSeconds: readonly number[];
  readonly expectedSeconds: number;
}

/** More seeds than this say little more, however fast the machine. */
const MOST_SEEDS = 5;

/** The first steps run in the engine's baseline compiler: only the later half of them counts. */
const TRIAL_STEPS = 20;

/** On a slow backend a trial ends after so many seconds. */
const TRIAL_SECONDS = 3;

/** Measuring on the test set comes on top of the steps. */
const OVERHEAD = 1.1;

/** Times a few steps of each net. Plans `seeds` where given, else as many as fit into `minutes`, at least one. */
export async function makePlan(
  choices: readonly ActivationChoice[],
  job: Job,
  wish: { readonly seeds?: number; readonly minutes: number },
): Promise<Plan> {
  const stepSeconds: number[] = [];
  for (const choice of choices) stepSeconds.push(OVERHEAD * (await timeStep(choice, job)));
  const steps = job.epochs * stepsPerEpoch(job.dataset.train, job.batchSize);
  const secondsPerSeed = steps * stepSeconds.reduce((sum, seconds) => sum + seconds, 0);
  const fitting = Math.floor((wish.minutes * 60) / secondsPerSeed);
  const seeds = wish.seeds ?? Math.max(1, Math.min(MOST_SEEDS, fitting));
  return { seeds, stepSeconds, expectedSeconds: seeds * secondsPerSeed };
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!;

async function timeStep(
  choice: ActivationChoice,
  { dataset, scaling, batchSize, learningRates, now }: Job,
): Promise<number> {
  const stepper = new Stepper(buildLenet(dataset.shape, choice, 1), learningRates);
  const numbers = epochBatches(dataset.train.count, batchSize, 1, 0)[0]!;
  const batch = makeBatch(dataset.train, dataset.shape, scaling, numbers);
  const times: number[] = [];
  let spent = 0;
  while (times.length < TRIAL_STEPS && (times.length < 2 || spent < TRIAL_SECONDS)) {
    const started = now();
    await stepper.step(batch);
    times.push((now() - started) / 1000);
    spent += times.at(-1)!;
  }
  tf.dispose([batch.x, batch.y]);
  stepper.dispose();
  return median(times.slice(times.length >> 1));
}
