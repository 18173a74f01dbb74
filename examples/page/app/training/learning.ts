import { html } from '../dom.js';
import { Plot, type PlotOptions } from '../shape/plot.js';
import type { FrameOfTraining } from './messages.js';

const STYLES = ['s-f', 's-relu'] as const;

/** A value of each net over the steps. */
class Track {
  private readonly xs: number[][] = [[], []];
  private readonly ys: number[][] = [[], []];
  private steps = 1500;
  private readonly plot: Plot;

  constructor(
    host: HTMLElement,
    options: Omit<PlotOptions, 'lines' | 'labelsX'>,
    private readonly range: (values: readonly number[]) => readonly [number, number],
  ) {
    this.plot = new Plot(host, { ...options, lines: ['s-relu', 's-f'], labelsX: true });
    this.plot.onResize = () => this.draw();
  }

  clear(): void {
    for (const values of [...this.xs, ...this.ys]) values.length = 0;
    this.draw();
  }

  add(step: number, steps: number, values: readonly (number | undefined)[]): void {
    this.steps = steps;
    values.forEach((value, net) => {
      if (value === undefined || !Number.isFinite(value)) return;
      this.xs[net]!.push(step);
      this.ys[net]!.push(value);
    });
  }

  draw(): void {
    this.plot.setFrame({ x: [0, this.steps], y: this.range(this.ys.flat()) });
    STYLES.forEach((style, net) => {
      this.plot.setLine(style, Float64Array.from(this.xs[net]!), Float64Array.from(this.ys[net]!));
    });
  }
}

/** Loss and accuracy of both nets as they learn. */
export class LearningCurves {
  private readonly loss: Track;
  private readonly accuracy: Track;

  constructor(host: HTMLElement) {
    const holder = (title: string): HTMLElement => {
      const plot = html('div', { class: 'plot' });
      host.append(html('figure', {}, html('figcaption', {}, title), plot));
      return plot;
    };
    this.loss = new Track(
      holder('training loss over steps'),
      { title: 'Training loss of both nets', height: 170 },
      (values) => [0, Math.max(0.1, Math.min(3, ...[Math.max(0, ...values) * 1.05]))],
    );
    this.accuracy = new Track(
      holder('accuracy on unseen data, %'),
      { title: 'Accuracy of both nets on unseen data', height: 170 },
      (values) => [Math.min(50, Math.floor(Math.min(100, ...values) / 10) * 10), 101],
    );
  }

  clear(): void {
    this.loss.clear();
    this.accuracy.clear();
  }

  draw(): void {
    this.loss.draw();
    this.accuracy.draw();
  }

  /** Takes a frame in, without drawing it. */
  add({ step, steps, nets }: FrameOfTraining): void {
    this.loss.add(
      step,
      steps,
      nets.map(({ loss }) => loss),
    );
    this.accuracy.add(
      step,
      steps,
      nets.map(({ accuracy }) => (accuracy === undefined ? undefined : 100 * accuracy)),
    );
  }
}
