import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { addTally, emptyTally, type Tally } from './tally.js';
import type { Answer } from './worker.js';

/** What is known so far, in a file that a later run goes on from. */
export class Progress {
  readonly y: Tally;
  readonly dx: Tally;
  private readonly done: Set<number>;

  constructor(private readonly path: string) {
    const saved = read(path);
    this.done = new Set(saved?.done ?? []);
    this.y = saved?.y ?? emptyTally();
    this.dx = saved?.dx ?? emptyTally();
  }

  get count(): number {
    return this.done.size;
  }

  has(block: number): boolean {
    return this.done.has(block);
  }

  add({ block, y, dx }: Answer): void {
    this.done.add(block);
    addTally(this.y, y);
    addTally(this.dx, dx);
    mkdirSync(dirname(this.path), { recursive: true });
    writeFileSync(`${this.path}.tmp`, JSON.stringify({ done: [...this.done], y: this.y, dx: this.dx }));
    renameSync(`${this.path}.tmp`, this.path);
  }
}

interface Saved {
  readonly done: readonly number[];
  readonly y: Tally;
  readonly dx: Tally;
}

function read(path: string): Saved | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Saved;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
