import { movementChart, shapeChart } from 'opau/training';
import { percent, plural } from './format.js';
import { learningCurves } from './learning-curves.js';
import { PLACES, type ActivationChoice } from './lenet.js';
import { element, escape } from '../../runtime/drawing/markup.js';
import { figure, legend, page, table } from '../../runtime/drawing/page.js';
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
  return page(TITLE, [
    element('p', { class: 'lead' }, escape(conclusion(nets))),
    summaryTable(nets),
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
  ]);
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

function summaryTable(nets: readonly TrainedNet[]): string {
  const { head, body } = tableCells(summarise(nets));
  return table(head, body, (row) => `c${row}`);
}

function activationSection(
  { label, seed, recording }: TrainedNet,
  choices: readonly ActivationChoice[],
  colour: number,
) {
  if (recording === undefined) return '';
  const target = choices.find((choice) => choice.label === label)?.target;
  const size = { width: 270, height: 215 };
  return [
    element('h2', {}, escape(`What ${label} has learned`)),
    element(
      'p',
      { class: 'note' },
      `Each layer's function before and after training (seed ${seed}), and how it moved: the later the stronger. ` +
        'The grey hill shows where its inputs lie after training, over test pictures, the dashed line where they lay before.',
    ),
    legend([
      [`c${colour} line`, 'after training'],
      ['before', 'before training'],
      ...(target === undefined ? [] : [['target', `target: ${target.label}`] as const]),
      ['inputs', 'inputs'],
      ['earlier', 'inputs before'],
    ]),
    '<div class="grid4">',
    ...recording.layers.map((layer, place) => {
      const options = {
        title: `Activation ${PLACES[place]!}`,
        colour,
        ...size,
        ...(target && { target: target.evaluate }),
      };
      return figure(PLACES[place]!, shapeChart(recording, layer, options));
    }),
    ...recording.layers.map((layer, place) => {
      const title = `${PLACES[place]!}, as it moved`;
      return figure(title, movementChart(recording, layer, { title: `Activation ${title}`, colour, ...size }));
    }),
    '</div>',
  ].join('\n');
}
