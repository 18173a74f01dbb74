import { duration, percent } from './format.js';
import type { Io } from './io.js';

export interface StepState {
  /** The net being trained; its loss and accuracy are smoothed until another one follows. */
  readonly net: string;
  readonly epoch: number;
  readonly epochs: number;
  readonly step: number;
  readonly steps: number;
  readonly loss: number;
  readonly accuracy: number;
}

const BAR_WIDTH = 10;
const REDRAW_MILLISECONDS = 100;

/**
 * Shows how far the work has come: on a terminal a bar that is redrawn, elsewhere a plain line at every tenth.
 * Work is counted in expected seconds, since a step of one net takes longer than a step of another; what is left is
 * judged by how the time spent compares with what was expected of it.
 */
export class Progress {
  private readonly started: number;
  private done = 0;
  private drawnAt = -Infinity;
  private tenths = 0;
  private smooth: StepState | undefined;

  constructor(
    private readonly io: Io,
    private readonly expectedSeconds: number,
  ) {
    this.started = io.now();
  }

  /** A step is done, of which `work` expected seconds were expected. */
  step(work: number, state: StepState): void {
    this.done += work;
    this.smooth = smoothen(this.smooth, state);
    if (this.isTerminal) this.drawBar(this.smooth);
    else this.writeLine(this.smooth);
  }

  /** A line that stays. */
  note(text: string): void {
    this.io.stderr.write(this.isTerminal ? `\r${text}\x1b[K\n` : `${text}\n`);
    this.drawnAt = -Infinity;
  }

  private get isTerminal(): boolean {
    return this.io.stderr.isTTY === true && this.io.env['TERM'] !== 'dumb';
  }

  private get fraction(): number {
    return Math.min(1, this.done / this.expectedSeconds + 1e-9);
  }

  private describe({ net, epoch, epochs, step, steps, loss, accuracy }: StepState): string {
    const elapsed = (this.io.now() - this.started) / 1000;
    const left = (elapsed * (1 - this.fraction)) / this.fraction;
    return (
      `${duration(left)} left  step ${step}/${steps}  loss ${loss.toFixed(3)}  accuracy ${percent(accuracy)}  ` +
      `${net}, epoch ${epoch}/${epochs}`
    );
  }

  private drawBar(state: StepState): void {
    const now = this.io.now();
    if (now - this.drawnAt < REDRAW_MILLISECONDS && this.fraction < 1) return;
    this.drawnAt = now;
    const full = Math.floor(this.fraction * BAR_WIDTH);
    const bar = `[${'#'.repeat(full)}${'.'.repeat(BAR_WIDTH - full)}] ${Math.floor(100 * this.fraction)} %`;
    // One column stays free: a full line would wrap, and \r would then return to the wrong row.
    const line = `${bar}  ${this.describe(state)}`.slice(0, (this.io.stderr.columns ?? 80) - 1);
    this.io.stderr.write(`\r${line}\x1b[K`);
  }

  private writeLine(state: StepState): void {
    const tenths = Math.floor(10 * this.fraction);
    if (tenths <= this.tenths) return;
    this.tenths = tenths;
    this.io.stderr.write(`${tenths * 10} %  ${this.describe(state)}\n`);
  }
}

/** Single batches jump too much to read. */
function smoothen(last: StepState | undefined, now: StepState): StepState {
  if (last?.net !== now.net) return now;
  const blend = (old: number, fresh: number): number => 0.95 * old + 0.05 * fresh;
  return { ...now, loss: blend(last.loss, now.loss), accuracy: blend(last.accuracy, now.accuracy) };
}
