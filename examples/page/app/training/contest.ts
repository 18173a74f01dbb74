import * as tf from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { Coefficients as Given } from 'opau/runtime';
import type { ActivationChoice, Lenet } from '../../../fashion-mnist/lenet.js';
import { Stepper } from '../../../fashion-mnist/step.js';
import type { Coefficients } from '../shape/sliders.js';
import type { LayerClass } from './emitted-layer.js';
import { NETS, type FrameOfTraining, type NetFrame } from './messages.js';
import type { Task } from './task.js';

/** One net on its way. */
interface Runner {
  readonly net: Lenet;
  readonly stepper: Stepper;
  losses: number;
  since: number;
  milliseconds: number;
  steps: number;
}

export interface ContestOptions {
  readonly task: Task;
  readonly Layer: LayerClass;
  readonly coefficients?: Coefficients | undefined;
  readonly learningRate: number;
  /** Milliseconds. */
  readonly pause: number;
  readonly isStopped: () => boolean;
  readonly onFrame: (frame: FrameOfTraining) => void;
}

/**
 * Trains the generated layer and ReLU in turn, step by step, on the same batches, until the task's steps are done or
 * somebody stops it. Leaves no tensors behind, whatever happens. Returns whether it came to the end.
 */
export async function contest(options: ContestOptions): Promise<boolean> {
  const { task, pause, isStopped, onFrame } = options;
  const runners: Runner[] = [];
  try {
    for (const name of NETS) runners.push(newRunner(task, choiceOf(name, options), options.learningRate));
    onFrame({ step: 0, steps: task.steps, nets: await Promise.all(runners.map((one) => frameOf(one, task, true))) });
    let [shown, examined] = [performance.now(), 0];
    for (let step = 1; step <= task.steps; step++) {
      const batch = task.batch(step - 1);
      for (const runner of runners) await train(runner, batch);
      tf.dispose([batch.x, batch.y]);
      const last = step === task.steps || isStopped();
      if (last || performance.now() - shown >= pause) {
        const exam = last || step - examined >= task.stepsPerExam;
        const nets: NetFrame[] = [];
        for (const runner of runners) nets.push(await frameOf(runner, task, exam));
        onFrame({ step, steps: task.steps, nets });
        shown = performance.now();
        if (exam) examined = step;
      }
      if (isStopped()) return false;
      await nextTask();
    }
    return true;
  } finally {
    for (const { stepper } of runners) stepper.dispose();
  }
}

function choiceOf(name: (typeof NETS)[number], { Layer, coefficients }: ContestOptions): ActivationChoice {
  if (name === 'relu') return { label: name, create: (own) => layers.reLU({ name: own }) };
  const given =
    coefficients === undefined
      ? {}
      : {
          numeratorInitializer: new Given({ values: coefficients.c }),
          denominatorInitializer: new Given({ values: coefficients.d }),
        };
  return { label: name, create: (own) => new Layer({ name: own, ...given }) };
}

function newRunner(task: Task, choice: ActivationChoice, learningRate: number): Runner {
  const net = task.build(choice);
  return {
    net,
    stepper: new Stepper(net, { weights: learningRate, coefficients: learningRate }),
    losses: 0,
    since: 0,
    milliseconds: 0,
    steps: 0,
  };
}

async function train(runner: Runner, batch: ReturnType<Task['batch']>): Promise<void> {
  const started = performance.now();
  const { loss } = await runner.stepper.step(batch);
  runner.milliseconds += performance.now() - started;
  runner.steps++;
  runner.losses += loss;
  runner.since++;
}

async function frameOf(runner: Runner, task: Task, exam: boolean): Promise<NetFrame> {
  const { net, losses, since, milliseconds, steps } = runner;
  [runner.losses, runner.since] = [0, 0];
  const frame = { loss: losses / since, layers: await coefficientsOf(net), milliseconds: milliseconds / steps };
  return exam ? { ...frame, ...(await task.examine(net)) } : frame;
}

async function coefficientsOf({ activations }: Lenet): Promise<readonly Coefficients[]> {
  const trained = activations.filter((layer) => layer.weights.length > 0);
  return Promise.all(
    trained.map(async ({ weights }) => {
      const [c, d] = await Promise.all(weights.map(async (weight) => Array.from(await weight.read().data())));
      return { c: c!, d: d ?? [] };
    }),
  );
}

/** Lets messages in: promises alone would not. */
const nextTask = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
