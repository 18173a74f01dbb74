import * as tf from '@tensorflow/tfjs-core';
import { epochBatches, inOrder, makeBatch, measureScaling, type Scaling } from '../../../fashion-mnist/batches.js';
import { buildLenet, type Lenet } from '../../../fashion-mnist/lenet.js';
import { CLASSES, type Pictures } from '../../../fashion-mnist/pictures.js';
import type { Exam, Task } from './task.js';

const SHAPE = [28, 28, 1] as const;
const BATCH = 32;
const EPOCHS = 6;

/** LeNet on a class-balanced part of Fashion-MNIST: 2,000 pictures to learn from, 500 others to be asked about. */
export async function pictureTask(folder: string, seed: number): Promise<Task> {
  const [train, test] = await Promise.all(['train.bin', 'test.bin'].map((name) => loadPictures(`${folder}${name}`)));
  const scaling = measureScaling(train!, 1);
  const perEpoch = Math.ceil(train!.count / BATCH);
  return {
    steps: EPOCHS * perEpoch,
    samples: [],
    stepsPerExam: 8,
    build: (choice) => buildLenet(SHAPE, choice, seed),
    batch: (step) =>
      makeBatch(
        train!,
        SHAPE,
        scaling,
        epochBatches(train!.count, BATCH, seed, Math.floor(step / perEpoch))[step % perEpoch]!,
      ),
    examine: (net) => examine(net, test!, scaling),
  };
}

/** The format of examples/page/picture-files.ts. Throws an Error that names the file where it cannot be loaded. */
async function loadPictures(address: string): Promise<Pictures> {
  const response = await fetch(address);
  if (!response.ok || response.body === null) throw new Error(`${address} cannot be loaded: ${response.status}`);
  const stored = new Uint8Array(await response.arrayBuffer());
  // Some hosts unpack such files on the way.
  const packed = stored[0] === 0x1f && stored[1] === 0x8b;
  const bytes = packed ? await unpack(stored) : stored;
  const size = SHAPE[0] * SHAPE[1];
  const count = bytes.length / (1 + size);
  if (!Number.isInteger(count)) throw new Error(`${address} holds ${bytes.length} bytes, which are no pictures`);
  return { count, labels: bytes.subarray(0, count), pixels: bytes.subarray(count) };
}

async function unpack(packed: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

async function examine(net: Lenet, test: Pictures, scaling: Scaling): Promise<Exam> {
  const counts = new Array<number>(CLASSES * CLASSES).fill(0);
  let right = 0;
  for (const numbers of inOrder(test.count, 250)) {
    const answers = tf.tidy(() => {
      const { x } = makeBatch(test, SHAPE, scaling, numbers);
      return tf.argMax(net.model.apply(x, { training: false }) as tf.Tensor2D, 1);
    });
    const values = await answers.data();
    answers.dispose();
    numbers.forEach((number, i) => {
      counts[test.labels[number]! * CLASSES + values[i]!]! += 1;
      if (test.labels[number] === values[i]) right++;
    });
  }
  return { accuracy: right / test.count, picture: { kind: 'confusion', counts } };
}
