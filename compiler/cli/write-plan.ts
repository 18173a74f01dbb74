import { paintFor } from './colour.js';
import { compileAll, type Made } from './compile.js';
import type { Io } from './io.js';
import type { Plan } from './plan.js';
import { extraFiles, readOutput } from './read-files.js';
import { checkDirectory, writeFiles, type Batch } from './write.js';
import { className, fileName } from '../emit/identity.js';
import type { Stages } from '../generate.js';

/** Writes all files of a config, or none, and says of each what became of it. Throws UsageError. */
export async function writePlan(plan: Plan, io: Io, stages?: Stages, signal?: AbortSignal): Promise<number> {
  for (const { directory } of plan.jobs) await checkDirectory(io.fs, directory);
  const made: Made[] = [];
  for await (const one of compileAll(plan.jobs, (job) => readOutput(io.fs, job), io, stages, signal)) made.push(one);
  if (signal?.aborted) return 0;

  const changed = made.filter(({ before, text }) => before !== text);
  await writeFiles(io.fs, changed.map(toBatch));
  const bold = (text: string): string => paintFor(io.stderr, io.env)('bold', text);
  for (const { job, text } of changed) {
    const size = `${(Buffer.byteLength(text) / 1000).toFixed(1)} kB`;
    await io.stderr.write(`${bold('wrote')}       ${job.file} (${size}): ${className(job.spec)}\n`);
  }
  const rest = made.length - changed.length;
  if (rest > 0) await io.stderr.write(`${bold('unchanged')}   ${rest} of ${made.length} files\n`);
  for (const file of await extraFiles(plan, io)) {
    await io.stderr.write(`${bold('extra')}       ${file}: no entry of ${plan.config!.shown} makes it; remove it\n`);
  }
  return 0;
}

const toBatch = ({ job, text }: Made): Batch => ({
  directory: job.directory,
  files: new Map([[fileName(job.spec), text]]),
});
