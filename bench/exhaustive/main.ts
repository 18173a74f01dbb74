/**
 * Runs every one of the 2^32 float32 bit patterns of x through the emitted wasm kernels of a module, value and dx, and holds
 * them against a float64 evaluation. Can be stopped and goes on where it was. When done it writes its rows of
 * docs/exhaustive.md, and ends with exit code 1 where a NaN or an infinity is not the true value's, or an error is
 * beyond 32 units. `npm run exhaustive -- hermite-5-4`, or the flags of opau-gen in place of a module's name.
 */
import { createHash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { UsageError } from '../../compiler/errors.js';
import { bestModule } from '../../runtime/wasm.js';
import { Progress } from './progress.js';
import { findSubject, type Subject } from './subject.js';
import { rows, updateTable } from './table.js';
import { BLOCK, type Answer, type Task } from './worker.js';

const BLOCKS = 2 ** 32 / BLOCK;

/** What every backend is held to. */
const UNITS = 32;

const root = fileURLToPath(new URL('../../../', import.meta.url));

try {
  await exhaust(await findSubject(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(`exhaustive: ${error.message}`);
  process.exitCode = 2;
}

async function exhaust({ name, spec, c, d, wasm }: Subject): Promise<void> {
  const module = bestModule(wasm)!;
  const engine =
    wasm.relaxed !== undefined && Buffer.from(module).toString('base64') === wasm.relaxed ? 'relaxed' : 'plain';
  const task: Task = { basis: spec.family.name, denominator: spec.denominator, c, d, wasm };
  const key = createHash('sha256')
    .update(module)
    .update(JSON.stringify([task.basis, task.denominator, c, d]));
  const progress = new Progress(`${root}.exhaustive/${name}-${key.digest('hex').slice(0, 16)}.json`);
  const left = Array.from({ length: BLOCKS }, (_, block) => block).filter((block) => !progress.has(block));
  const start = { time: performance.now(), count: progress.count };
  const report = (): void => {
    if (!process.stderr.isTTY) return;
    const rate = (performance.now() - start.time) / 60_000 / (progress.count - start.count);
    const minutes = (rate * (BLOCKS - progress.count)).toFixed(1);
    process.stderr.write(`\r${name}: ${progress.count} of ${BLOCKS} blocks, ${minutes} minutes left   `);
  };
  await Promise.all(
    Array.from({ length: Math.min(left.length, availableParallelism()) }, () =>
      drain(task, left, (answer) => {
        progress.add(answer);
        report();
      }),
    ),
  );
  if (process.stderr.isTTY) process.stderr.write('\n');

  const fresh = rows(name, engine, progress.y, progress.dx);
  updateTable(`${root}docs/exhaustive.md`, name, engine, fresh);
  console.log(fresh.join('\n'));
  const wrong = [progress.y, progress.dx].some((t) => t.nan + t.infinite + t.missed + t.lost > 0 || t.worst > UNITS);
  if (wrong) process.exitCode = 1;
}

/** A thread that takes one block after another until none is left. */
function drain(task: Task, left: number[], done: (answer: Answer) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData: task });
    const next = (): void => {
      const block = left.shift();
      if (block !== undefined) worker.postMessage(block);
      else void worker.terminate().then(() => resolve());
    };
    worker.on('message', (answer: Answer) => {
      done(answer);
      next();
    });
    worker.on('error', reject);
    next();
  });
}
