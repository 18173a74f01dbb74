import { basename, dirname } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { ConfigPath } from './config/find.js';
import { errorLine, reasonOf, type Io } from './io.js';
import { planConfig } from './plan.js';
import { writePlan } from './write-plan.js';
import { UsageError } from '../errors.js';
import type { Stages } from '../generate.js';

/** Editors write a file in several steps: what comes within this time is one change. */
const PAUSE_MS = 100;

/**
 * `--watch`: generates, then generates again whenever the config changes, or a file that a TypeScript config imports.
 * What is wrong with a config is said, and the next change is awaited. Ends with exit code 0 at Ctrl-C.
 */
export async function watchCommand(config: ConfigPath, io: Io, stages?: Stages): Promise<number> {
  const signal = io.interruptible();
  const changes = new Changes(io, signal);
  while (!signal.aborted) {
    // Watched before they are read: a change in between is not missed.
    changes.watch([config.path]);
    const files = await regenerate(config, io, signal, stages);
    changes.watch(files);
    if (!signal.aborted) await io.stderr.write(`watching    ${config.shown}: Ctrl-C ends it\n`);
    await changes.next();
  }
  return 0;
}

/** Returns the files that the config was read from. */
async function regenerate(
  config: ConfigPath,
  io: Io,
  signal: AbortSignal,
  stages?: Stages,
): Promise<readonly string[]> {
  try {
    const plan = await planConfig(config, io);
    await writePlan(plan, io, stages, signal);
    return plan.files;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    await io.stderr.write(errorLine(error));
    return [];
  }
}

/** Changes of files. Their directories are watched: editors put a new file in a file's place. */
class Changes {
  private readonly names = new Map<string, Set<string>>();
  private changed: (() => void) | undefined;
  private pending = false;
  private failure: UsageError | undefined;

  constructor(
    private readonly io: Io,
    private readonly signal: AbortSignal,
  ) {
    signal.addEventListener('abort', () => this.changed?.());
  }

  watch(files: readonly string[]): void {
    for (const file of files) {
      const directory = dirname(file);
      const known = this.names.get(directory);
      this.names.set(directory, (known ?? new Set()).add(basename(file)));
      if (known === undefined) void this.follow(directory);
    }
  }

  /** Settles once something has changed since the last call, and nothing more comes; or at the end. */
  async next(): Promise<void> {
    while (!this.pending && !this.signal.aborted) await new Promise<void>((resolve) => (this.changed = resolve));
    while (this.pending && !this.signal.aborted) {
      this.pending = false;
      await setTimeout(PAUSE_MS);
    }
    if (this.failure !== undefined) throw this.failure;
  }

  private async follow(directory: string): Promise<void> {
    try {
      for await (const { filename } of this.io.fs.watch(directory, { signal: this.signal })) {
        if (filename !== null && !this.names.get(directory)!.has(filename)) continue;
        this.pending = true;
        this.changed?.();
      }
    } catch (error) {
      if ((error as Error).name === 'AbortError') return;
      this.failure = new UsageError(`cannot watch ${directory}: ${reasonOf(error)}`);
      this.pending = true;
      this.changed?.();
    }
  }
}
