import type { Batch } from '../../../fashion-mnist/batches.js';
import type { ActivationChoice, Lenet } from '../../../fashion-mnist/lenet.js';
import type { Picture, Sample } from './messages.js';

/** How a net does on data that it has not seen. */
export interface Exam {
  readonly accuracy: number;
  readonly picture: Picture;
}

/** Something to train on: nets for it, its batches in order, and how to look at a net. */
export interface Task {
  readonly steps: number;
  /** To draw; none for pictures. */
  readonly samples: readonly Sample[];
  /** An exam takes place at the earliest after so many steps. */
  readonly stepsPerExam: number;
  build(choice: ActivationChoice): Lenet;
  /** The batch of a step; the caller disposes its tensors. */
  batch(step: number): Batch;
  /** Leaves no tensors behind. */
  examine(net: Lenet): Promise<Exam>;
}
