import { extent, roundStep } from '../../../../runtime/drawing/axes.js';
import { byId, html, set, show } from '../dom.js';
import { evenPoints } from './even-points.js';
import { evaluate, evaluateOn, tabulate, type BasisTable, type Shape } from './evaluate.js';
import { KinkFinder, type Kink } from './kinks.js';
import { Plot, type Mark } from './plot.js';

/** A prime number of steps: no point is a whole number, where kinks like to be. */
const POINTS = 798;

/** More kinks than this are drawn as small dots, without a word to each. */
const CROWD = 60;

/** Up to this width the style sheet keeps the first chart in sight while sliders move. */
const NARROW = 760;

const HINT = 'Point at the charts, or focus them and use the arrow keys, to read values.';

/** What the charts compare F with: the target at the points of `grid`. */
export interface Target {
  readonly name: string;
  readonly interval: readonly [number, number];
  readonly values: Float64Array;
}

/** Where curves are drawn. */
export const grid = (view: number): Float64Array => evenPoints([-view, view], POINTS);

/** F over its target, F', and F minus target, one above the other over the same x; and what they are where one points. */
export class Charts {
  private readonly value: Plot;
  private readonly slope: Plot;
  private readonly error: Plot;
  private shape: Shape | undefined;
  private target: Target | undefined;
  private view = 5;
  private xs = grid(5);
  private table: BasisTable | undefined;
  /** What the axes were made for: they stay while a slider moves. */
  private ranges: { readonly y: readonly [number, number]; readonly slope: readonly [number, number] } | undefined;
  private finder: KinkFinder | undefined;
  /** The kinks on show, their places, and the basis there. */
  private found: { readonly kinks: readonly Kink[]; readonly xs: Float64Array; readonly table: BasisTable } | undefined;
  private pointed: number | undefined;

  constructor(host: HTMLElement) {
    const holder = (title: string): HTMLElement => {
      const plot = html('div', { class: 'plot' });
      host.append(html('figure', {}, html('figcaption', {}, title), plot));
      return plot;
    };
    this.value = new Plot(holder('F(x) and target'), {
      title: 'F and its target over x',
      height: innerWidth > NARROW ? 300 : 210,
      lines: ['s-target', 's-f'],
      labelsX: false,
    });
    this.slope = new Plot(holder('F′(x)'), { title: 'F′ over x', height: 130, lines: ['s-slope'], labelsX: false });
    this.error = new Plot(holder('F(x) − target'), {
      title: 'F minus target over x',
      height: 140,
      lines: ['s-error'],
      labelsX: true,
    });
    for (const plot of this.plots()) plot.onResize = () => this.draw();
    this.followPointer(host);
  }

  /** A new function to draw: the axes are chosen anew, for the fit, wherever its coefficients have been moved to. */
  show(fitted: Shape, shape: Shape, target: Target, view: number): void {
    [this.target, this.view, this.xs] = [target, view, grid(view)];
    [this.finder, this.found] = [new KinkFinder(shape, -view, view), undefined];
    this.table = tabulate(shape, this.xs);
    const { y, slope } = evaluateOn(fitted, this.table);
    this.ranges = rangesOf(y, slope, target.values);
    this.move(shape);
  }

  /** The same function with other coefficients. */
  move(shape: Shape): void {
    this.shape = shape;
    this.draw();
  }

  private plots(): readonly Plot[] {
    return [this.value, this.slope, this.error];
  }

  private draw(): void {
    const { shape, target, ranges, table, xs, view } = this;
    if (shape === undefined || target === undefined || ranges === undefined || table === undefined) return;
    const { y, slope } = evaluateOn(shape, table);
    const kinks = this.findKinks(shape);
    const poles = shape.denominator === 'none';
    const error = y.map((value, i) => value - target.values[i]!);
    const domain = { x: [-view, view], band: target.interval } as const;

    this.value.setFrame({ ...domain, y: ranges.y });
    this.slope.setFrame({ ...domain, y: ranges.slope });
    this.error.setFrame({ ...domain, y: errorRange(error, xs, target.interval) });
    this.value.setLine('s-target', xs, target.values);
    this.value.setLine('s-f', xs, y, poles ? kinks.xs : []);
    // Between the breaks of a crowd there would be no two points for a line.
    this.slope.setLine('s-slope', xs, slope, isCrowd(kinks.kinks) ? [] : kinks.xs);
    this.error.setLine('s-error', xs, error, poles ? kinks.xs : []);
    this.drawKinks(shape, kinks);
    this.drawProbe();
  }

  /** What depends on their places alone is kept for as long as they stay. */
  private findKinks(shape: Shape): NonNullable<Charts['found']> {
    const kinks = this.finder!.find(shape);
    if (this.found?.kinks !== kinks) {
      const xs = Float64Array.from(kinks, ({ x }) => x);
      this.found = { kinks, xs, table: tabulate(shape, xs) };
    }
    return this.found;
  }

  private drawKinks(shape: Shape, { kinks, xs, table }: NonNullable<Charts['found']>): void {
    const poles = shape.denominator === 'none';
    const crowd = !poles && isCrowd(kinks);
    const at = poles ? new Float64Array() : evaluateOn(shape, table).y;
    this.value.setDots(crowd ? xs : new Float64Array(), at);
    this.value.setMarks(crowd ? [] : kinks.map((kink, i) => markOf(kink, poles ? undefined : at[i]!)));
    const noun = `${poles ? 'pole' : 'kink'}${kinks.length === 1 ? '' : 's'}`;
    const label = `${kinks.length} ${noun}`;
    if (byId('kink-label').textContent !== label) byId('kink-label').textContent = label;
  }

  private followPointer(host: HTMLElement): void {
    host.addEventListener('pointermove', (event) => this.point(this.value.xAt(event.clientX)));
    host.addEventListener('pointerleave', () => this.point(undefined));
    // Not the host: on narrow screens it has no box of its own, and could not be focused.
    set(host.firstElementChild!, {
      tabindex: 0,
      role: 'group',
      'aria-label': 'Charts: the left and right arrow keys move along x',
    });
    host.addEventListener('keydown', ({ key, shiftKey }) => {
      const step = (this.view / 50) * (shiftKey ? 5 : 1);
      const move = { ArrowLeft: -step, ArrowRight: step }[key];
      if (move === undefined) return;
      const x = Math.round(((this.pointed ?? 0) + move) / step) * step;
      this.point(Math.min(Math.max(x, -this.view), this.view));
    });
    host.addEventListener('focusout', () => this.point(undefined));
  }

  private point(x: number | undefined): void {
    this.pointed = x;
    this.drawProbe();
  }

  private drawProbe(): void {
    const { pointed: x, shape, target } = this;
    for (const plot of this.plots()) plot.setProbe(x);
    const line = byId('probe');
    if (x === undefined || shape === undefined || target === undefined) {
      if (line.textContent !== HINT) line.textContent = HINT;
      return;
    }
    const { y, slope } = evaluate(shape, Float64Array.of(x));
    const wanted = interpolate(target.values, ((x + this.view) / (2 * this.view)) * (POINTS - 1));
    const entry = (style: string, name: string, value: number): Node =>
      html('span', { class: style }, `${name} `, html('b', {}, show(value)));
    line.replaceChildren(
      entry('', 'x', Number(x.toFixed(3))),
      entry('s-f', 'F', y[0]!),
      entry('s-slope', 'F′', slope[0]!),
      entry('s-target', 'target', wanted),
      entry('s-error', 'error', y[0]! - wanted),
    );
  }
}

const isCrowd = (kinks: readonly Kink[]): boolean => kinks.length > CROWD;

/** A dot on the curve; a line where there is no y, at a pole. */
function markOf({ x, terms }: Kink, y: number | undefined): Mark {
  const where = `x = ${show(x)}`;
  if (y === undefined) return { x, style: 'pole', label: `pole at ${where}` };
  const what = terms.length === 0 ? 'Σ d_j f_j = 0' : `${terms.map((j) => `f_${j}`).join(' = ')} = 0`;
  return { x, y, style: 'kink', label: `${what} at ${where}` };
}

const interpolate = (values: Float64Array, place: number): number => {
  const i = Math.min(Math.max(Math.floor(place), 0), values.length - 2);
  return values[i]! + (place - i) * (values[i + 1]! - values[i]!);
};

const padded = ([low, high]: readonly [number, number], part = 0.08): [number, number] => {
  const pad = (high - low) * part;
  return [low - pad, high + pad];
};

/** The target decides; F only within the same again, so that a pole or a tail does not flatten all else. */
function rangesOf(y: Float64Array, slope: Float64Array, target: Float64Array) {
  const [low, high] = extent([...target]);
  const room = Math.max(high - low, 0.5);
  const near = [...y].filter((value) => value > low - 0.6 * room && value < high + 0.6 * room);
  const steep = [...slope].filter(Number.isFinite).sort((one, other) => one - other);
  const quantile = (part: number): number => steep[Math.round(part * (steep.length - 1))] ?? 0;
  return {
    y: padded(extent([...near, low, high])),
    slope: padded(extent([quantile(0.004), quantile(0.996), 0, 1]), 0.15),
  };
}

/** Symmetric, in steps: it follows the error inside the interval, but not each pixel of a drag. */
function errorRange(error: Float64Array, xs: Float64Array, interval: readonly [number, number]): [number, number] {
  let most = 0;
  const outOfSight = interval[1] < xs[0]! || interval[0] > xs.at(-1)!;
  const [low, high] = outOfSight ? [-Infinity, Infinity] : interval;
  for (let i = 0; i < xs.length; i++) {
    if (xs[i]! >= low && xs[i]! <= high && Number.isFinite(error[i]!)) most = Math.max(most, Math.abs(error[i]!));
  }
  const step = roundStep(Math.max(most, 1e-9));
  const top = Math.max(Math.ceil((most * 1.15) / (step / 2)) * (step / 2), 1e-6);
  return [-top, top];
}
