import { activationChart } from './activation-chart.js';
import { percent, plural } from './format.js';
import { learningCurves } from './learning-curves.js';
import { PLACES, type ActivationChoice } from './lenet.js';
import { element, escape } from '../../compiler/drawing/markup.js';
import { REPORT_STYLE } from '../../compiler/drawing/style.js';
import { groupByLabel, summarise } from './summary.js';
import { tableCells } from './table.js';
import type { TrainedNet } from './train.js';

export interface ReportInput {
  readonly nets: readonly TrainedNet[];
  readonly choices: readonly ActivationChoice[];
  readonly testPictures: number;
  /** What was trained on what and how: shown as a list. */
  readonly settings: readonly (readonly [name: string, value: string])[];
}

const TITLE = 'LeNet: ReLU against trainable Hermite-Padé activations';

/** One page that needs nothing around it: no script, no network. */
export function renderReport({ nets, choices, testPictures, settings }: ReportInput): string {
  const curves = learningCurves(nets);
  const seeds = new Set(nets.map((net) => net.seed)).size;
  const spread =
    seeds > 1 ? ` Lines are means over ${plural(seeds, 'seed')}, bands reach from the lowest to the highest.` : '';
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head><meta charset="utf-8"/><meta name="viewport" content="width=device-width, initial-scale=1"/>',
    `<title>${escape(TITLE)}</title>`,
    `<style>${REPORT_STYLE}</style></head>`,
    `<body><main><h1>${escape(TITLE)}</h1>`,
    element('p', { class: 'lead' }, escape(conclusion(nets))),
    table(nets),
    element('p', { class: 'note caution' }, escape(caution(nets, testPictures))),
    element('h2', {}, 'Learning curves'),
    element('p', { class: 'note' }, `Every net starts from the same weights and sees the same batches.${spread}`),
    legend(groupByLabel(nets).map(([net], i) => [`c${i} line`, net!.label])),
    '<div class="pair">',
    figure('Loss on the training pictures', curves.loss),
    figure('Accuracy on the test pictures', curves.accuracy),
    '</div>',
    ...groupByLabel(nets).map((group, i) => activationSection(group[0]!, choices, i)),
    element('h2', {}, 'Settings'),
    element('dl', {}, ...settings.flatMap(([k, v]) => [element('dt', {}, escape(k)), element('dd', {}, escape(v))])),
    '</main></body>',
    '</html>',
    '',
  ].join('\n');
}

function conclusion(nets: readonly TrainedNet[]): string {
  const rows = summarise(nets);
  const parts = rows.flatMap(({ label, against }) => {
    if (against === undefined) return [];
    const points = Math.abs(100 * against.accuracy).toFixed(1);
    return [
      `${label} ${points === '0.0' ? 'level with it' : `${points} points ${against.accuracy < 0 ? 'below' : 'above'}`}`,
    ];
  });
  const base = rows[0]!;
  return `Test accuracy after training: ${[`${base.label} ${percent(base.accuracy)}`, ...parts].join(', ')}.`;
}

/** How far chance alone moves such figures: the binomial error of one net's accuracy. */
function caution(nets: readonly TrainedNet[], testPictures: number): string {
  const part = summarise(nets)[0]!.accuracy;
  const error = (100 * Math.sqrt((part * (1 - part)) / testPictures)).toFixed(1);
  return (
    `With ${plural(testPictures, 'test picture')}, one net's accuracy has a standard error of ${error} points: ` +
    'differences of that size say little.'
  );
}

function table(nets: readonly TrainedNet[]): string {
  const { head, body } = tableCells(summarise(nets));
  const swatch = (row: number): string => element('span', { class: `swatch c${row}` }, '');
  const rows = body.map((cells, row) =>
    element(
      'tr',
      {},
      ...cells.map((cell, i) =>
        i === 0 ? element('th', { scope: 'row' }, swatch(row), escape(cell)) : element('td', {}, escape(cell)),
      ),
    ),
  );
  const titles = head.map((title) => element('th', { scope: 'col' }, escape(title)));
  return element(
    'div',
    { class: 'scroll' },
    element('table', {}, element('thead', {}, element('tr', {}, ...titles)), element('tbody', {}, ...rows)),
  );
}

function activationSection(net: TrainedNet, choices: readonly ActivationChoice[], colour: number): string {
  if (net.activations.length === 0) return '';
  const target = choices.find((choice) => choice.label === net.label)?.target;
  return [
    element('h2', {}, escape(`What ${net.label} has learned`)),
    element(
      'p',
      { class: 'note' },
      `Each layer's function before and after training (seed ${net.seed}). ` +
        'The grey hill shows where its inputs lie after training, over test pictures.',
    ),
    legend([
      [`c${colour} line`, 'after training'],
      ['before', 'before training'],
      ...(target === undefined ? [] : [['target', `target: ${target.label}`] as const]),
      ['inputs', 'inputs'],
    ]),
    '<div class="grid4">',
    ...net.activations.map((history) => figure(PLACES[history.place]!, activationChart(history, target, colour))),
    '</div>',
  ].join('\n');
}

const figure = (caption: string, picture: string): string =>
  element('figure', {}, element('figcaption', {}, escape(caption)), picture);

/** A sample of each line with its name. */
function legend(entries: readonly (readonly [style: string, name: string])[]): string {
  const sample = (style: string): string =>
    element(
      'svg',
      { class: 'sample', viewBox: '0 0 28 12', 'aria-hidden': 'true' },
      style === 'inputs'
        ? element('rect', { class: style, x: 0, y: 2, width: 28, height: 8 })
        : element('polyline', { class: style, points: '0,6 28,6' }),
    );
  return element(
    'ul',
    { class: 'legend' },
    ...entries.map(([style, name]) => element('li', {}, sample(style), escape(name))),
  );
}
