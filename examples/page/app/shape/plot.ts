import { linearScale, type Scale } from '../../../../runtime/drawing/axes.js';
import { set, svg } from '../dom.js';

export interface PlotOptions {
  /** What the y axis shows, and the plot's name for those who do not see it. */
  readonly title: string;
  /** Pixels. */
  readonly height: number;
  /** Classes of the lines, from the back to the front. */
  readonly lines: readonly string[];
  /** Numbers at the x axis too. */
  readonly labelsX: boolean;
}

export interface Frame {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  /** A band of x, such as the interval of the fit. */
  readonly band?: readonly [number, number];
}

/** A vertical line, or a dot on a curve where there is a y. */
export interface Mark {
  readonly x: number;
  readonly y?: number;
  readonly style: string;
  readonly label?: string;
}

const NO_BREAKS: readonly number[] = [];
/** What lies further outside than this is drawn there: SVG's own numbers are singles. */
const OUTSIDE = 200;
const MARGIN = { left: 44, right: 10, top: 8, bottom: 8 };
const LABELS = 18;

let plots = 0;

/**
 * A plot in SVG that is made once and changed in place: a slider's drag changes two attributes. Its size follows the
 * space that it has, so that a unit is a pixel.
 */
export class Plot {
  readonly element: SVGSVGElement;
  private readonly axes = svg('g', { class: 'axes' });
  private readonly marks = svg('g');
  private readonly probe = svg('line', { class: 'probe-line', visibility: 'hidden' });
  private readonly lines: ReadonlyMap<string, SVGPathElement>;
  private readonly dots = svg('path', { class: 'dots' });
  private readonly clip = svg('rect');
  private width = 0;
  private marked = '';
  private frame: Frame = { x: [-1, 1], y: [-1, 1] };
  private x!: Scale;
  private y!: Scale;
  /** The x of points as text, and the y of each line as it is drawn, on these axes. */
  private columns = new WeakMap<Float64Array, readonly string[]>();
  private readonly drawn = new Map<string, Float64Array>();
  private probed: number | undefined;
  /** Called when the width has changed, and all must be drawn again. */
  onResize: () => void = () => {};

  constructor(
    private readonly host: HTMLElement,
    private readonly options: PlotOptions,
  ) {
    const id = `plot-${plots++}`;
    this.lines = new Map(options.lines.map((name) => [name, svg('path', { class: `line ${name}` })]));
    this.element = svg(
      'svg',
      { role: 'img', 'aria-label': options.title, height: options.height, width: '100%' },
      svg('clipPath', { id }, this.clip),
      this.axes,
      svg(
        'g',
        { 'clip-path': `url(#${id})` },
        svg('g', { transform: 'scale(0.1)' }, ...this.lines.values(), this.dots),
        this.marks,
        this.probe,
      ),
    );
    host.append(this.element);
    this.measure();
    new ResizeObserver(() => {
      if (this.measure()) this.onResize();
    }).observe(host);
  }

  /** Sets what the axes span. Lines and marks must be set anew. */
  setFrame(frame: Frame): void {
    const same = JSON.stringify([frame, this.width]) === this.axes.dataset['frame'];
    this.frame = frame;
    if (same) return;
    this.axes.dataset['frame'] = JSON.stringify([frame, this.width]);
    this.scale();
    this.drawAxes();
  }

  /** A line through points; what is not finite, or has a pole before it, breaks it. */
  setLine(name: string, xs: Float64Array, ys: Float64Array, breaks: ArrayLike<number> = NO_BREAKS): void {
    if (breaks.length === 0 && this.drawn.get(name) === ys) return;
    this.drawn.set(name, ys);
    const across = this.across(xs);
    let path = '';
    let pen = 'M';
    let next = 0;
    for (let i = 0; i < xs.length; i++) {
      while (next < breaks.length && breaks[next]! < xs[i]!) {
        if (i > 0 && breaks[next]! >= xs[i - 1]!) pen = 'M';
        next++;
      }
      const y = ys[i]!;
      if (!Number.isFinite(y)) {
        pen = 'M';
        continue;
      }
      path += pen + across[i]! + this.down(y);
      pen = 'L';
    }
    this.lines.get(name)!.setAttribute('d', path);
  }

  /** Small dots, in one element: hundreds of their own would each cost a frame some time. */
  setDots(xs: Float64Array, ys: Float64Array): void {
    const across = this.across(xs);
    let path = '';
    for (let i = 0; i < xs.length; i++) if (Number.isFinite(ys[i]!)) path += `M${across[i]!}${this.down(ys[i]!)}h0`;
    this.dots.setAttribute('d', path);
  }

  /** Tenths of pixels as text: whole numbers are written faster, and the paths are scaled. */
  private across(xs: Float64Array): readonly string[] {
    const texts = this.columns.get(xs) ?? Array.from(xs, (x) => `${Math.round(10 * this.x.toPixel(x))} `);
    this.columns.set(xs, texts);
    return texts;
  }

  private down(y: number): number {
    return Math.round(10 * Math.min(Math.max(this.y.toPixel(y), -OUTSIDE), this.options.height + OUTSIDE));
  }

  setMarks(marks: readonly Mark[]): void {
    const { top, bottom } = this.edges();
    const places = marks.map(({ x, y }): Readonly<Record<string, string | number>> => {
      const at = this.x.toPixel(x).toFixed(1);
      return y === undefined ? { x1: at, x2: at, y1: top, y2: bottom } : { cx: at, cy: this.y.toPixel(y).toFixed(1) };
    });
    // While a slider moves, marks move and are the same otherwise.
    const key = marks.map(({ y, style, label }) => `${y === undefined} ${style} ${label}`).join();
    if (key === this.marked) {
      places.forEach((place, i) => set(this.marks.children[i]!, place));
      return;
    }
    this.marked = key;
    this.marks.replaceChildren(
      ...marks.map(({ y, style, label }, i) => {
        const mark = svg(y === undefined ? 'line' : 'circle', { class: style, ...places[i]! });
        if (label !== undefined) mark.append(svg('title', {}, label));
        return mark;
      }),
    );
  }

  /** Shows where the reader points; undefined takes it away. */
  setProbe(x: number | undefined): void {
    if (x === undefined && this.probed === undefined) return;
    this.probed = x;
    const { top, bottom } = this.edges();
    const at = x === undefined ? 0 : this.x.toPixel(x);
    set(this.probe, { x1: at, x2: at, y1: top, y2: bottom, visibility: x === undefined ? 'hidden' : 'visible' });
  }

  /** The x under a place on the screen. */
  xAt(clientX: number): number {
    const { left, right } = this.edges();
    const [low, high] = this.frame.x;
    const part = (clientX - this.element.getBoundingClientRect().left - left) / (right - left);
    return low + (high - low) * Math.min(Math.max(part, 0), 1);
  }

  private measure(): boolean {
    const width = Math.floor(this.host.clientWidth);
    if (width === this.width || width === 0) return false;
    this.width = width;
    this.element.setAttribute('viewBox', `0 0 ${width} ${this.options.height}`);
    const { left, right, top, bottom } = this.edges();
    set(this.clip, { x: left, y: top, width: Math.max(0, right - left), height: bottom - top });
    this.scale();
    return true;
  }

  private edges() {
    const { height, labelsX } = this.options;
    return {
      left: MARGIN.left,
      right: Math.max(this.width, MARGIN.left + 50) - MARGIN.right,
      top: MARGIN.top,
      bottom: height - MARGIN.bottom - (labelsX ? LABELS : 0),
    };
  }

  private scale(): void {
    this.columns = new WeakMap();
    this.drawn.clear();
    const { left, right, top, bottom } = this.edges();
    this.x = linearScale(...this.frame.x, left, right, Math.max(3, (right - left) / 80));
    this.y = linearScale(...this.frame.y, bottom, top, Math.max(2, (bottom - top) / 44));
  }

  private drawAxes(): void {
    const { left, right, top, bottom } = this.edges();
    const { band, x: domainX, y: domainY } = this.frame;
    const clamp = (value: number): number => Math.min(Math.max(value, domainX[0]), domainX[1]);
    const parts: SVGElement[] = [];
    if (band !== undefined) {
      const [from, to] = band.map((value) => this.x.toPixel(clamp(value))) as [number, number];
      parts.push(svg('rect', { class: 'band', x: from, y: top, width: to - from, height: bottom - top }));
    }
    for (const tick of this.x.ticks) {
      const at = this.x.toPixel(tick).toFixed(1);
      parts.push(svg('line', { class: tick === 0 ? 'zero' : 'grid', x1: at, x2: at, y1: top, y2: bottom }));
      if (this.options.labelsX)
        parts.push(svg('text', { class: 'tick middle', x: at, y: bottom + 17 }, this.x.format(tick)));
    }
    for (const tick of this.y.ticks) {
      const at = this.y.toPixel(tick);
      const zero = tick === 0 && domainY[0] < 0;
      parts.push(svg('line', { class: zero ? 'zero' : 'grid', x1: left, x2: right, y1: at, y2: at }));
      parts.push(svg('text', { class: 'tick end', x: left - 8, y: at + 4 }, this.y.format(tick)));
    }
    this.axes.replaceChildren(...parts);
  }
}
