import { setImmediate } from 'node:timers/promises';
import { NO_CACHE, openCache, type Cache } from './cache.js';
import type { Io } from './io.js';
import { withConfig, withoutConfig } from './own-basis.js';
import type { Job } from './plan.js';
import { className, fileName } from '../emit/identity.js';
import type { Stages } from '../generate.js';

export interface Made {
  readonly job: Job;
  /** What lies there now; undefined where nothing does. */
  readonly before: string | undefined;
  /** What belongs there; the same text as `before` where the file is up to date. */
  readonly text: string;
}

/**
 * Makes the text of each job, in order. A file that is known to be what the compiler makes is not made again. Says on a
 * terminal how far it is, and stops between two jobs where `signal` says so.
 */
export async function* compileAll(
  jobs: readonly Job[],
  before: (job: Job) => Promise<string | undefined>,
  io: Io,
  stages?: Stages,
  signal?: AbortSignal,
): AsyncGenerator<Made> {
  const cache: Cache = stages === undefined ? await openCache(io) : NO_CACHE;
  try {
    for (const [i, job] of jobs.entries()) {
      const there = await before(job);
      if (there !== undefined && cache.matches(job.spec, withoutConfig(there, job.config)) === true) {
        yield { job, before: there, text: there };
        continue;
      }
      await progress(io, `${i + 1} of ${jobs.length}: ${className(job.spec)}`);
      const { generate } = await import('../generate.js');
      const text = generate(job.spec, stages).files.get(fileName(job.spec))!;
      cache.add(job.spec, text);
      yield { job, before: there, text: withConfig(text, job.config) };
      // Lets a signal in: compiling holds the thread.
      await setImmediate();
      if (signal?.aborted) return;
    }
  } finally {
    await progress(io, '');
    await cache.save();
  }
}

/** On a terminal one line, written over and over. */
async function progress({ stderr }: Io, text: string): Promise<void> {
  if (stderr.isTTY) await stderr.write(`\r\u001b[K${text}`);
}
