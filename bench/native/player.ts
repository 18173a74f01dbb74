import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A process that runs kernels on command and answers each with its milliseconds and a checksum. */
export class Player {
  private readonly process: ChildProcessWithoutNullStreams;
  private readonly answers: AsyncIterator<string>;
  /** Of the last run of each command, to see that all players compute the same. */
  readonly checks = new Map<string, number>();

  constructor(command: readonly string[]) {
    this.process = spawn(command[0]!, command.slice(1));
    this.process.stderr.pipe(process.stderr);
    this.answers = createInterface({ input: this.process.stdout })[Symbol.asyncIterator]();
  }

  /** Milliseconds of one run. */
  async run(what: string, elements: number): Promise<number> {
    const command = `${what} ${elements}`;
    this.process.stdin.write(`${command}\n`);
    const answer = await this.answers.next();
    if (answer.done === true) throw new Error(`the process of ${this.process.spawnargs.join(' ')} ended`);
    const [time, check] = answer.value.split(' ').map(Number) as [number, number];
    this.checks.set(command, check);
    return time;
  }

  /** Makes the inputs of a size, which no run is to pay for. The native one has them from the start. */
  async prepare(elements: number): Promise<void> {
    if (!this.process.spawnfile.endsWith('/native')) await this.run('prepare', elements);
  }

  end(): void {
    this.process.stdin.end();
  }
}

/** What Node needs to have relaxed SIMD: a flag up to version 20. */
export const RELAXED_SIMD: readonly string[] =
  Number.parseInt(process.versions.node) > 20 ? [] : ['--experimental-wasm-relaxed-simd'];
