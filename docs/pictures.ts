/** Draws the pictures of the README from the fits themselves: `npm run pictures` writes docs/*.svg. */
import { writeFileSync } from 'node:fs';
import { families } from '../compiler/bases/index.js';
import { fitInitial } from '../compiler/fit/index.js';
import { rationalValues } from '../compiler/fit/rational.js';
import { parseTarget } from '../compiler/fit/targets.js';
import { defineSpec, type Denominator } from '../compiler/spec.js';
import { drawChart, type Point } from '../runtime/drawing/svg.js';
import { element } from '../runtime/drawing/markup.js';
import { CHART_STYLE } from '../runtime/drawing/style.js';

const [COLUMNS, WIDTH, HEIGHT, CAPTION] = [4, 260, 200, 22];
const SHOWN: readonly Denominator[] = ['sum-abs', 'abs-sum'];
const target = parseTarget('leaky_relu');
const grid = Float64Array.from({ length: 401 }, (_, i) => -5 + i / 40);
const trace = (values: ArrayLike<number>): Point[] => Array.from(grid, (x, i) => ({ x, y: values[i]! }));

/** Every family at 5/4: the target dashed, the fit of each safe denominator. */
const charts = families.map((family) => {
  const fits = SHOWN.map((denominator) => {
    const spec = defineSpec({ basis: family.name, m: 5, n: 4, denominator, target });
    const { c, d } = fitInitial(spec);
    return trace(rationalValues(spec, c, d, grid));
  });
  const chart = drawChart({
    title: family.title,
    width: WIDTH,
    height: HEIGHT,
    x: [-5, 5],
    y: [-1.5, 5.5],
    zeroLines: true,
    marks: [
      { kind: 'line', points: trace(Array.from(grid, target.evaluate)), style: 'target' },
      ...fits.map((points, i) => ({ kind: 'line', points, style: `c${i + 1} line` }) as const),
    ],
  });
  return { title: family.title, chart };
});

const key = [
  ['target', 'leaky ReLU, the target on [-3, 3]'],
  ['c1 line', 'Q = 1 + sum |d_j f_j|'],
  ['c2 line', 'Q = 1 + |sum d_j f_j|'],
] as const;
const cell = (i: number): [x: number, y: number] => [
  (i % COLUMNS) * WIDTH,
  Math.floor(i / COLUMNS) * (HEIGHT + CAPTION),
];
const [keyX, keyY] = cell(families.length);
const body = [
  ...charts.flatMap(({ title, chart }, i) => {
    const [x, y] = cell(i);
    const placed = chart.replace('<svg ', `<svg x="${x}" y="${y + CAPTION}" width="${WIDTH}" height="${HEIGHT}" `);
    return [element('text', { class: 'title', x: x + 46, y: y + 16 }, title), placed];
  }),
  ...key.flatMap(([style, text], i) => {
    const y = keyY + 60 + 30 * i;
    const points = `${keyX + 16},${y} ${keyX + 42},${y}`;
    return [
      element('polyline', { class: style, points }),
      element('text', { class: 'tick', x: keyX + 50, y: y + 4 }, text),
    ];
  }),
];
const [width, height] = [COLUMNS * WIDTH, Math.ceil((families.length + 1) / COLUMNS) * (HEIGHT + CAPTION)];
const style = `${CHART_STYLE} svg .title { fill: var(--text); font: 600 13px system-ui, sans-serif; } svg .back { fill: var(--page); }`;
const svg = element(
  'svg',
  {
    xmlns: 'http://www.w3.org/2000/svg',
    viewBox: `0 0 ${width} ${height}`,
    role: 'img',
    'aria-label': 'Initial fits of all families',
  },
  element('style', {}, style),
  element('rect', { class: 'back', width, height }),
  ...body,
);
writeFileSync(new URL('../../docs/activations.svg', import.meta.url), `${svg}\n`);
