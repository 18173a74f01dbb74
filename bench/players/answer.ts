import { createInterface } from 'node:readline';

/** What a player can run on `n` elements. */
export type Act = (n: number) => void | Promise<void>;

/** Reads lines `what n`, and answers each with the milliseconds of one run; with `NaN` where it cannot run that. */
export async function answer(acts: Readonly<Record<string, Act>>): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) {
    const [what, n] = line.split(' ') as [string, string];
    let time = NaN;
    try {
      const start = performance.now();
      await acts[what]!(Number(n));
      time = performance.now() - start;
    } catch (error) {
      // Out of memory, mostly; the table shows a dash.
      process.stderr.write(`${what} ${n}: ${(error as Error).message.split('\n')[0]}\n`);
    }
    process.stdout.write(`${time} 0\n`);
  }
}
