import { createInterface } from 'node:readline';
import { runsASample } from '../measure.js';

/** What a player can run on `n` elements. */
export type Act = (n: number) => void | Promise<void>;

/**
 * Reads lines `what n`, and answers each with the milliseconds of one run; with `NaN` where it cannot run that. With `settle`,
 * which waits for a device that works behind our back, a run is one of many between two waits.
 */
export async function answer(acts: Readonly<Record<string, Act>>, settle?: () => Promise<void>): Promise<void> {
  const least = new Map<string, number>();
  for await (const line of createInterface({ input: process.stdin })) {
    const [what, n] = line.split(' ') as [string, string];
    const known = least.get(line) ?? Infinity;
    const runs = settle === undefined ? 1 : runsASample(known);
    let time = NaN;
    try {
      const start = performance.now();
      for (let run = 0; run < runs; run++) await acts[what]!(Number(n));
      await settle?.();
      time = (performance.now() - start) / runs;
      least.set(line, Math.min(known, time));
    } catch (error) {
      // Out of memory, mostly; the table shows a dash.
      process.stderr.write(`${what} ${n}: ${(error as Error).message.split('\n')[0]}\n`);
    }
    process.stdout.write(`${time} 0\n`);
  }
}
