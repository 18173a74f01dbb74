/** A thread of the exhaustive run: takes blocks of float32 bit patterns by number, and answers with what it found in each. */
import { parentPort, workerData } from 'node:worker_threads';
import { kernelsInOwnMemory } from '../../runtime/own-memory.js';
import { Truth, truthsFor } from './truth.js';
import { emptyTally, judge, type Tally } from './tally.js';
import { findFamily } from '../../compiler/bases/index.js';
import type { Denominator } from '../../compiler/spec.js';
import type { WasmKernels } from '../../runtime/wasm.js';

export interface Task {
  readonly basis: string;
  readonly denominator: Denominator;
  readonly c: readonly number[];
  readonly d: readonly number[];
  readonly wasm: WasmKernels;
}

/** How many bit patterns a block has: 256 blocks are all. */
export const BLOCK = 2 ** 24;

export interface Answer {
  readonly block: number;
  readonly y: Tally;
  readonly dx: Tally;
}

/** So many at a time: they stay in a processor's cache. */
const BATCH = 8192;

function run({ basis, denominator, c, d, wasm }: Task): (block: number) => Answer {
  const truth = new Truth({ family: findFamily(basis)!, denominator, c, d });
  const kernels = kernelsInOwnMemory(wasm);
  if (kernels === undefined) throw new Error('this engine does not run WebAssembly SIMD');
  const [cs, ds] = [Float32Array.from(c), Float32Array.from(d)];
  const [dc, dd] = [new Float32Array(c.length), new Float32Array(d.length)];
  const xs = new Float32Array(BATCH);
  const patterns = new Uint32Array(xs.buffer);
  const [ys, dxs, ones] = [new Float32Array(BATCH), new Float32Array(BATCH), new Float32Array(BATCH).fill(1)];
  const truths = truthsFor(BATCH);

  return (block) => {
    const [y, dx] = [emptyTally(), emptyTally()];
    for (let at = block * BLOCK; at < (block + 1) * BLOCK; at += BATCH) {
      for (let i = 0; i < BATCH; i++) patterns[i] = at + i;
      kernels.forward(xs, cs, ds, ys);
      kernels.backward(xs, ones, cs, ds, dxs, dc, dd);
      truth.evaluate(xs, truths);
      for (let i = 0; i < BATCH; i++) {
        const x = xs[i]!;
        if (Number.isNaN(x)) {
          if (!Number.isNaN(ys[i])) y.lost++;
          if (!Number.isNaN(dxs[i])) dx.lost++;
        } else if (Number.isFinite(x)) {
          judge(y, x, ys[i]!, truths.y[i]!, truths.sy[i]!);
          if (truths.kink[i] === 0) judge(dx, x, dxs[i]!, truths.dx[i]!, truths.sdx[i]!);
          else if (Number.isFinite(dxs[i])) dx.kinks++;
          else dx.nan++;
        }
      }
    }
    return { block, y, dx };
  };
}

if (parentPort !== null) {
  const port = parentPort;
  const answer = run(workerData as Task);
  port.on('message', (block: number) => port.postMessage(answer(block)));
}
