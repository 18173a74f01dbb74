import type { ActivationChoice } from './lenet.js';
import type { Plan } from './plan.js';
import type { Progress } from './progress.js';
import { percent, seconds } from './format.js';
import { mean } from './summary.js';
import { trainNet, type Job, type TrainedNet } from './train.js';

/** Trains every choice from every seed, one after another: same initial weights, same batches. */
export async function compare(
  choices: readonly ActivationChoice[],
  job: Job,
  plan: Plan,
  progress: Progress,
): Promise<TrainedNet[]> {
  const nets: TrainedNet[] = [];
  for (let seed = 1; seed <= plan.seeds; seed++) {
    for (const [i, choice] of choices.entries()) {
      const name = plan.seeds === 1 ? choice.label : `${choice.label}, seed ${seed}/${plan.seeds}`;
      const net = await trainNet(choice, seed, job, (report) =>
        progress.step(plan.stepSeconds[i]!, { net: name, epochs: job.epochs, ...report }),
      );
      const accuracy = net.test.at(-1)!.accuracy;
      progress.note(`${name}: test accuracy ${percent(accuracy)}, ${seconds(mean(net.epochSeconds))} an epoch`);
      nets.push(net);
    }
  }
  return nets;
}
