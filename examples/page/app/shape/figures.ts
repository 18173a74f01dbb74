import { html, show } from '../dom.js';
import { evaluateOn, tabulate, type BasisTable, type Shape } from './evaluate.js';
import { evenPoints } from './even-points.js';

const NAMES = ['RMSE', 'largest error', 'F(0)', 'F(10), F(−10)'] as const;

/** How far F is from its target on the interval, and what it is outside: a list of names and numbers. */
export class Figures {
  private readonly caption = html('div', { class: 'caption' });
  private readonly values = NAMES.map(() => html('dd'));
  private target: Float64Array = new Float64Array();
  private xs: Float64Array = new Float64Array();
  private inside: BasisTable | undefined;
  private outside: BasisTable | undefined;

  constructor(host: HTMLElement) {
    const rows = NAMES.map((name, i) => html('div', {}, html('dt', {}, name), this.values[i]!));
    host.append(this.caption, ...rows);
  }

  /** A new function, and its target at even points of the interval, both ends among them. */
  show(shape: Shape, interval: readonly [number, number], target: Float64Array): void {
    const [low, high] = interval;
    this.caption.textContent = `on [${show(low)}, ${show(high)}]`;
    [this.target, this.xs] = [target, evenPoints(interval, target.length)];
    [this.inside, this.outside] = [tabulate(shape, this.xs), tabulate(shape, Float64Array.of(0, 10, -10))];
    this.move(shape);
  }

  /** The same function with other coefficients. */
  move(shape: Shape): void {
    const { target, xs, inside, outside } = this;
    if (inside === undefined || outside === undefined) return;
    const { y } = evaluateOn(shape, inside);
    let [squares, most, at] = [0, 0, 0];
    for (let i = 0; i < y.length; i++) {
      const error = Math.abs(y[i]! - target[i]!);
      squares += error * error;
      if (error > most) [most, at] = [error, xs[i]!];
    }
    const [zero, right, left] = evaluateOn(shape, outside).y;
    const texts = [
      show(Math.sqrt(squares / y.length)),
      `${show(most)} at ${show(at, 3)}`,
      show(zero!),
      `${show(right!)}, ${show(left!)}`,
    ];
    texts.forEach((text, i) => (this.values[i]!.textContent = text));
  }
}
