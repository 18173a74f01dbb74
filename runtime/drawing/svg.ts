import { linearScale } from './axes.js';
import { element } from './markup.js';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** One thing drawn in a chart. `style` is a class of the report's style sheet; a colour class goes before it. */
export type Mark =
  | {
      readonly kind: 'line';
      readonly points: readonly Point[];
      readonly style: string;
      readonly dots?: boolean;
      readonly opacity?: number;
    }
  /** Between a lower and an upper line. */
  | {
      readonly kind: 'band';
      readonly points: readonly { x: number; low: number; high: number }[];
      readonly style: string;
    };

export interface Chart {
  readonly title: string;
  readonly xLabel?: string;
  readonly width: number;
  readonly height: number;
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  /** Put after the numbers at the y axis. */
  readonly unitY?: string;
  readonly marks: readonly Mark[];
  /** Draws the lines x = 0 and y = 0 stronger than the grid. */
  readonly zeroLines?: boolean;
}

const MARGIN = { left: 46, right: 12, top: 10, bottom: 26 };
const LABEL_HEIGHT = 16;

/** A chart as inline SVG: grid, axes, marks clipped to the plot. Colours come from the style sheet around it. */
export function drawChart(chart: Chart): string {
  const { width, height } = chart;
  const bottom = height - MARGIN.bottom - (chart.xLabel === undefined ? 0 : LABEL_HEIGHT);
  const right = width - MARGIN.right;
  const x = linearScale(...chart.x, MARGIN.left, right, width / 70);
  const y = linearScale(...chart.y, bottom, MARGIN.top, height / 50);
  const formatY = (value: number): string => `${y.format(value)}${chart.unitY ?? ''}`;
  const vertical = (value: number, style: string) =>
    element('line', { class: style, x1: px(x.toPixel(value)), x2: px(x.toPixel(value)), y1: MARGIN.top, y2: bottom });
  const horizontal = (value: number, style: string) =>
    element('line', { class: style, x1: MARGIN.left, x2: right, y1: px(y.toPixel(value)), y2: px(y.toPixel(value)) });
  const place = (p: Point): string => `${px(x.toPixel(p.x))},${px(y.toPixel(p.y))}`;
  const clip = `clip-${hash(JSON.stringify(chart))}`;
  return element(
    'svg',
    { xmlns: 'http://www.w3.org/2000/svg', viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': chart.title },
    element(
      'clipPath',
      { id: clip },
      element('rect', {
        x: MARGIN.left - 4,
        y: MARGIN.top - 2,
        width: right - MARGIN.left + 8,
        height: bottom - MARGIN.top + 4,
      }),
    ),
    ...x.ticks.map((tick) => vertical(tick, 'grid')),
    ...y.ticks.map((tick) => horizontal(tick, 'grid')),
    ...(chart.zeroLines === true
      ? [...inside(0, chart.x).map((v) => vertical(v, 'zero')), ...inside(0, chart.y).map((v) => horizontal(v, 'zero'))]
      : []),
    ...x.ticks.map((tick) =>
      element('text', { class: 'tick middle', x: px(x.toPixel(tick)), y: bottom + 16 }, x.format(tick)),
    ),
    ...y.ticks.map((tick) =>
      element('text', { class: 'tick end', x: MARGIN.left - 6, y: px(y.toPixel(tick) + 4) }, formatY(tick)),
    ),
    ...(chart.xLabel === undefined
      ? []
      : [element('text', { class: 'tick middle', x: px((MARGIN.left + right) / 2), y: height - 6 }, chart.xLabel)]),
    element('g', { 'clip-path': `url(#${clip})` }, ...chart.marks.map((mark) => drawMark(mark, place))),
  );
}

function drawMark(mark: Mark, place: (p: Point) => string): string {
  if (mark.kind === 'band') {
    const points = [
      ...mark.points.map(({ x, high }) => ({ x, y: high })),
      ...[...mark.points].reverse().map(({ x, low }) => ({ x, y: low })),
    ];
    return element('polygon', { class: mark.style, points: finite(points).map(place).join(' ') });
  }
  const points = finite(mark.points);
  const line = element('polyline', {
    class: mark.style,
    ...(mark.opacity !== undefined && { opacity: mark.opacity.toFixed(2) }),
    points: points.map(place).join(' '),
  });
  if (mark.dots !== true) return line;
  const dots = points.map((p) => {
    const [cx, cy] = place(p).split(',') as [string, string];
    return element('circle', { class: `${mark.style} dot`, cx, cy, r: 2.6 });
  });
  return line + dots.join('');
}

const finite = (points: readonly Point[]): Point[] =>
  points.filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y));
const inside = (value: number, [low, high]: readonly [number, number]): number[] =>
  value > low && value < high ? [value] : [];
const px = (value: number): string => value.toFixed(1);

/** Identifiers must differ between the charts of one page and be the same on each run. */
function hash(text: string): string {
  let value = 0;
  for (let i = 0; i < text.length; i++) value = (Math.imul(value, 31) + text.charCodeAt(i)) | 0;
  return (value >>> 0).toString(36);
}
