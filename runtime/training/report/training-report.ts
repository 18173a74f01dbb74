import { coefficientChart, coefficientStyle } from './coefficient-chart.js';
import { inputsChart } from './inputs-chart.js';
import { logsFigures } from './logs-charts.js';
import { movementChart } from './movement-chart.js';
import { shapeChart } from './shape-chart.js';
import { SUMMARY_HEAD, summaryRow } from './summary.js';
import { checkRecording, isShared, last } from './view.js';
import { element, escape } from '../../drawing/markup.js';
import { figure, legend, page, table } from '../../drawing/page.js';
import type { RecordedLayer, Recording } from '../recording.js';

export interface ReportOptions {
  /** Default "What the activations learned". */
  readonly title?: string;
}

/**
 * One HTML page about a recording: loss and metrics, what each layer's function was before and after training over what
 * reached it, how it moved, and its coefficients. It needs nothing around it: no script, no network. The same recording
 * gives the same text. Throws an Error where nothing was recorded.
 */
export function trainingReport(
  recording: Recording,
  { title = 'What the activations learned' }: ReportOptions = {},
): string {
  checkRecording(recording);
  const { layers, moments } = recording;
  const { epoch, step } = last(moments);
  const logs = logsFigures(recording);
  return page(title, [
    element('p', { class: 'lead' }, escape(lead(layers.length, moments.length, epoch, step))),
    table(
      SUMMARY_HEAD,
      layers.map((layer) => summaryRow(recording, layer)),
    ),
    element(
      'p',
      { class: 'note' },
      'How far a function moved is counted where its inputs lie: the root mean square over the inputs after training, ' +
        'and the most. Inputs are given as mean ± standard deviation, over the probe. The initial coefficients were ' +
        'fitted on an interval: the last column says how many inputs lie outside it after training.',
    ),
    ...(logs.length === 0 ? [] : [element('h2', {}, 'Training'), '<div class="grid3">', ...logs, '</div>']),
    ...layers.map((layer) => section(recording, layer)),
  ]);
}

function section(recording: Recording, layer: RecordedLayer): string {
  const sets = isShared(layer) ? '' : `, mean over ${layer.sampled.length} of ${layer.sets} sets`;
  const curves = isShared(layer)
    ? ''
    : ` A curve each for ${layer.sampled.length} of ${layer.sets} sets of coefficients.`;
  const names = (letter: string, from: number, count: number) =>
    legend(Array.from({ length: count }, (_, i) => [coefficientStyle(i), `${letter}${from + i}`] as const));
  return [
    element('h2', {}, escape(layer.path)),
    element(
      'p',
      { class: 'note' },
      escape(`${layer.className}; it started near ${layer.target} on [${layer.interval.join(', ')}].${curves}`),
    ),
    '<div class="grid3">',
    figure(
      'Before and after training',
      shapeChart(recording, layer),
      legend([
        ['c1 line', 'after'],
        ['before', 'before'],
        ['inputs', 'inputs after'],
        ['earlier', 'inputs before'],
      ]),
    ),
    figure(`How it moved, the later the stronger${sets}`, movementChart(recording, layer)),
    figure(`Change of c${sets}`, coefficientChart(recording, layer, 'numerator'), names('c', 0, layer.m + 1)),
    ...(layer.n === 0
      ? []
      : [figure(`Change of d${sets}`, coefficientChart(recording, layer, 'denominator'), names('d', 1, layer.n))]),
    figure('Inputs: mean ± standard deviation', inputsChart(recording, layer)),
    '</div>',
  ].join('\n');
}

const lead = (layers: number, moments: number, epoch: number, step: number): string =>
  `${count(layers, 'layer')} over ${count(epoch, 'epoch')} (${count(step, 'batch', 'batches')}), ` +
  `recorded at ${count(moments, 'moment')}.`;

const count = (n: number, noun: string, plural = `${noun}s`): string => `${n} ${n === 1 ? noun : plural}`;
