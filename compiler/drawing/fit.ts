import { element, escape } from '../../runtime/drawing/markup.js';
import { extent } from '../../runtime/drawing/axes.js';
import { drawChart, type Point } from '../../runtime/drawing/svg.js';
import { fitLines, fitTitle } from '../emit/fit-lines.js';
import type { Fit } from '../fit/index.js';
import { evenPoints } from '../fit/problem.js';
import { rationalValues } from '../fit/rational.js';
import type { Spec } from '../spec.js';

const [WIDTH, HEAD, CURVES, ERRORS, LABEL] = [760, 82, 360, 200, 26];
const HEIGHT = HEAD + CURVES + LABEL + ERRORS + 8;

/** The picture shows so much more than the interval, on each side, in lengths of the interval. */
const BEYOND = 1 / 3;

const STYLE = `
text { font: 13px system-ui, "Segoe UI", Roboto, Arial, sans-serif; fill: #1c2330; }
.title { font-weight: 600; font-size: 15px; } .note, .tick { fill: #5b6472; font-size: 12px; }
.tick { font-variant-numeric: tabular-nums; } .middle { text-anchor: middle; } .end { text-anchor: end; }
.page { fill: #ffffff; } .interval { fill: #0072b2; opacity: 0.07; }
polyline { fill: none; stroke-linejoin: round; stroke-linecap: round; }
.fit { stroke: #0072b2; stroke-width: 2.2; } .target { stroke: #1c2330; stroke-width: 1.5; stroke-dasharray: 5 4; }
.error { stroke: #d55e00; stroke-width: 1.8; }
.grid { stroke: #dfe3e8; stroke-width: 1; } .zero { stroke: #5b6472; stroke-width: 1; opacity: 0.6; }
`;

/** One picture of a fit: the target and F on the interval and somewhat beyond it, and their difference on the interval. */
export function drawFit(spec: Spec, fit: Fit): string {
  const [low, high] = spec.interval;
  const margin = BEYOND * (high - low);
  const around = evenPoints([low - margin, high + margin], 601);
  const within = evenPoints(spec.interval, 1201);
  const target = (points: Float64Array): Float64Array => points.map((x) => spec.target.evaluate(x));
  const f = (points: Float64Array): Float64Array => rationalValues(spec, fit.c, fit.d, points);
  const unit = unitOf(fit.maxError);
  const errors = f(within).map((y, i) => (y - spec.target.evaluate(within[i]!)) / unit);
  const shown = [...target(around), ...f(within)];
  const curves = drawChart({
    title: 'target and fit',
    width: WIDTH,
    height: CURVES,
    x: [low - margin, high + margin],
    y: padded(extent(shown)),
    zeroLines: true,
    marks: [
      { kind: 'band', points: bandOver(spec.interval, padded(extent(shown))), style: 'interval' },
      { kind: 'line', points: trace(around, f(around)), style: 'fit' },
      { kind: 'line', points: trace(around, target(around)), style: 'target' },
    ],
  });
  const error = drawChart({
    title: 'error',
    width: WIDTH,
    height: ERRORS,
    x: spec.interval,
    y: padded(extent([-fit.maxError / unit, fit.maxError / unit])),
    zeroLines: true,
    marks: [{ kind: 'line', points: trace(within, errors), style: 'error' }],
  });
  const place = (chart: string, y: number, height: number): string =>
    chart.replace('<svg ', `<svg x="0" y="${y}" width="${WIDTH}" height="${height}" `);
  const { family, m, n, denominator } = spec;
  const title = `${family.title} ${m}/${n}, ${denominator}`;
  const notes = [fitTitle(spec), fitLines(fit)[0]!];
  const svg = element(
    'svg',
    { xmlns: 'http://www.w3.org/2000/svg', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': title },
    element('style', {}, STYLE),
    element('rect', { class: 'page', width: WIDTH, height: HEIGHT }),
    element('text', { class: 'title', x: 46, y: 22 }, escape(title)),
    ...notes.map((note, i) => element('text', { class: 'note', x: 46, y: 40 + 17 * i }, escape(note))),
    ...key(75),
    place(curves, HEAD, CURVES),
    element(
      'text',
      { class: 'note', x: 46, y: HEAD + CURVES + 18 },
      `error on the interval, F - target${unit === 1 ? '' : `, in units of ${unit}`}`,
    ),
    place(error, HEAD + CURVES + LABEL, ERRORS),
  );
  return `${svg}\n`;
}

/** A power of ten that gives small errors short numbers at the axis. */
function unitOf(largest: number): number {
  let unit = 1;
  while (largest < 0.01 * unit && unit > 1e-30) unit /= 1000;
  return largest === 0 ? 1 : Number(unit.toPrecision(3));
}

/** What the lines are. */
function key(y: number): readonly string[] {
  const row = [
    ['fit', 'F'],
    ['target', 'target'],
  ] as const;
  return row.flatMap(([style, text], i) => {
    const x = 46 + 80 * i;
    return [
      element('polyline', { class: style, points: `${x},${y - 4} ${x + 26},${y - 4}` }),
      element('text', { class: 'note', x: x + 32, y }, text),
    ];
  });
}

const trace = (points: Float64Array, values: Float64Array): Point[] =>
  Array.from(points, (x, i) => ({ x, y: values[i]! }));

const bandOver = ([from, to]: readonly [number, number], [low, high]: readonly [number, number]) =>
  [from, to].map((x) => ({ x, low, high }));

/** A little room above and below. */
const padded = ([low, high]: readonly [number, number]): [number, number] => {
  const room = 0.08 * (high - low);
  return [low - room, high + room];
};
