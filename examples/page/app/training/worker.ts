// Training off the main thread: the page stays responsive however slow a step is.
import { memory } from '@tensorflow/tfjs-core';
import { lookForBackends } from './backends.js';
import { contest } from './contest.js';
import { loadLayer } from './emitted-layer.js';
import type { Job, News, Order } from './messages.js';
import { pictureTask } from './picture-task.js';
import { planarTask } from './planar-task.js';
import { startBackend } from './start-backend.js';

const tell = (news: News): void => postMessage(news);

/** The run that is wanted: an older one stops at its next step. */
let wanted = 0;
let running: Promise<void> = Promise.resolve();

async function run({ data, seed, ...job }: Job, isStopped: () => boolean): Promise<void> {
  tell({ kind: 'status', text: `Starting ${job.backend}…` });
  await startBackend(job.backend);
  const before = memory().numTensors;
  const Layer = await loadLayer(job.javascript, job.className);
  const task = data === 'fashion-mnist' ? await pictureTask(job.pictures, seed) : planarTask(data, seed);
  tell({ kind: 'started', backend: job.backend, samples: task.samples });
  const { coefficients, learningRate, pause } = job;
  const onFrame = (frame: Extract<News, { kind: 'frame' }>['frame']): void => tell({ kind: 'frame', frame });
  const complete = await contest({ task, Layer, coefficients, learningRate, pause, isStopped, onFrame });
  tell({ kind: 'ended', complete, tensors: memory().numTensors - before });
}

addEventListener('message', ({ data: order }: MessageEvent<Order>) => {
  const fail = (error: unknown): void =>
    tell({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  switch (order.kind) {
    case 'look':
      void lookForBackends().then((backends) => tell({ kind: 'found', backends }), fail);
      return;
    case 'start': {
      const own = ++wanted;
      running = running.then(() => run(order.job, () => wanted !== own)).catch(fail);
      return;
    }
    case 'stop':
      wanted++;
      return;
    default:
      order satisfies never;
  }
});
