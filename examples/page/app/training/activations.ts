import { extent } from '../../../../runtime/drawing/axes.js';
import { html } from '../dom.js';
import { evenPoints } from '../shape/even-points.js';
import { evaluate, type Shape } from '../shape/evaluate.js';
import { Plot } from '../shape/plot.js';
import type { Coefficients } from '../shape/sliders.js';

const VIEW = 5;
const XS = evenPoints([-VIEW, VIEW], 241);
const RELU = XS.map((x) => Math.max(x, 0));

/** The activation of each layer as it moves, over what it started as and over ReLU. */
export class ActivationViews {
  private plots: readonly Plot[] = [];
  private start: Shape | undefined;

  constructor(private readonly host: HTMLElement) {}

  begin(start: Shape): void {
    this.start = start;
    this.plots = [];
    this.host.replaceChildren();
  }

  show(layers: readonly Coefficients[]): void {
    const { start } = this;
    if (start === undefined) return;
    if (this.plots.length !== layers.length) this.plots = layers.map((_, i) => this.plot(i));
    const first = evaluate(start, XS).y;
    const [low, high] = extent([...first, ...RELU].filter((value) => Math.abs(value) < 4 * VIEW));
    layers.forEach((layer, i) => {
      const plot = this.plots[i]!;
      const draw = (): void => {
        plot.setFrame({ x: [-VIEW, VIEW], y: [low - 0.8, high + 0.8] });
        plot.setLine('s-relu', XS, RELU);
        plot.setLine('s-start', XS, first);
        plot.setLine('s-f', XS, evaluate({ ...start, ...layer }, XS).y);
      };
      plot.onResize = draw;
      draw();
    });
  }

  private plot(i: number): Plot {
    const host = html('div', { class: 'plot' });
    this.host.append(html('figure', {}, html('figcaption', {}, `activation ${i + 1}`), host));
    return new Plot(host, {
      title: `Activation ${i + 1} as it has learned, what it started as, and ReLU`,
      height: 170,
      lines: ['s-relu', 's-start', 's-f'],
      labelsX: true,
    });
  }
}
