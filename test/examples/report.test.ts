import type { Frame, Recording } from 'opau/training';
import { describe, expect, test } from 'vitest';
import { extent, linearScale } from '../../runtime/drawing/axes.js';
import { element } from '../../runtime/drawing/markup.js';
import { PLACES } from '../../examples/fashion-mnist/lenet.js';
import { renderReport } from '../../examples/fashion-mnist/report.js';
import { summarise } from '../../examples/fashion-mnist/summary.js';
import { formatTable } from '../../examples/fashion-mnist/table.js';
import type { TrainedNet } from '../../examples/fashion-mnist/train.js';
import { unclosed } from '../support/markup.js';
import { prelu, relu } from './support.js';

const grid = Array.from({ length: 81 }, (_, i) => (i - 40) / 5);
const frame = (slope: number): Frame => ({
  numerator: [[0, slope]],
  denominator: [[]],
  values: [grid.map((x) => (x < 0 ? slope * x : x))],
  inputs: { cells: grid.map(() => 1 / grid.length), below: 0, above: 0, notFinite: 0, mean: 0, deviation: 1 },
});
const recording: Recording = {
  grid,
  moments: [0, 1].map((epoch) => ({ epoch, step: epoch })),
  layers: [1, 2, 3, 4].map((place) => ({
    path: `activation${place}`,
    className: 'Pade1x0',
    basis: 'monomial',
    m: 1,
    n: 0,
    denominator: 'sum-abs',
    target: 'relu',
    interval: [-3, 3],
    sets: 1,
    sampled: [0],
    frames: [frame(0), frame(0.3)],
  })),
};

const net = (label: string, seed: number, accuracy: number, seconds: number): TrainedNet => ({
  label,
  seed,
  training: [1, 2, 3, 4].map((i) => ({ epoch: i / 2, loss: 2 / i, accuracy: accuracy - 0.4 / i })),
  test: [0, 1, 2].map((epoch) => ({
    epoch,
    loss: 2 - epoch / 2,
    accuracy: epoch === 0 ? 0.1 : accuracy - 0.1 * (2 - epoch),
  })),
  epochSeconds: [seconds, seconds],
  ...(label !== 'ReLU' && { recording }),
});

const nets = [net('ReLU', 1, 0.8, 10), net('PReLU', 1, 0.83, 15), net('ReLU', 2, 0.82, 10), net('PReLU', 2, 0.82, 15)];

test('the table', () => {
  expect(formatTable(summarise(nets))).toBe(
    [
      'activation          test accuracy  against ReLU  s per epoch  against ReLU',
      '----------  ---------------------  ------------  -----------  ------------',
      'ReLU        81.0 % (80.0 to 82.0)                     10.0 s',
      'PReLU       82.5 % (82.0 to 83.0)   +1.5 points       15.0 s        1.50 x',
      '',
    ].join('\n'),
  );
});

describe('the report', () => {
  const html = renderReport({ nets, choices: [relu, prelu], testPictures: 2000, settings: [['data', 'a <b> & "c"']] });

  test('is well-formed', () => expect(unclosed(html)).toEqual([]));

  test('shows both learning curves and each activation layer', () => {
    const charts = [...html.matchAll(/<svg [^>]*aria-label="([^"]*)"/g)].map(([, title]) => title);
    expect(charts).toEqual([
      'Training loss',
      'Test accuracy',
      ...PLACES.map((place) => `Activation ${place}`),
      ...PLACES.map((place) => `Activation ${place}, as it moved`),
    ]);
    expect(html).toContain('target: max(x, 0)');
    expect(html).toContain('PReLU 1.5 points above');
  });

  test('needs nothing from elsewhere, and escapes what it is given', () => {
    expect(html).not.toMatch(/<script|<link|<img|src=|@import|https?:\/\/(?!www\.w3\.org\/2000\/svg)/);
    expect(html).toContain('a &#60;b&#62; &#38; &#34;c&#34;');
  });

  test('holds no number that is none, even where a loss was', () => {
    const broken = { ...nets[1]!, training: nets[1]!.training.map((point) => ({ ...point, loss: NaN })) };
    const page = renderReport({ nets: [nets[0]!, broken], choices: [relu, prelu], testPictures: 2000, settings: [] });
    expect(unclosed(page)).toEqual([]);
    expect(page.match(/NaN|Infinity|undefined/g)).toBeNull();
  });
});

test('markup', () => {
  expect(element('a', { b: '"<', c: 1 }, 'text')).toBe('<a b="&#34;&#60;" c="1">text</a>');
  expect(element('a', {})).toBe('<a/>');
});

test('axes have round ticks with equally many decimals', () => {
  const scale = linearScale(0.3, 1.2, 0, 90, 5);
  expect(scale.ticks.map(scale.format)).toEqual(['0.4', '0.6', '0.8', '1.0', '1.2']);
  expect(scale.toPixel(0.6)).toBeCloseTo(30);
  expect(linearScale(-5, 5, 0, 1, 4).ticks).toEqual([-4, -2, 0, 2, 4]);
  expect([extent([3, NaN, 1]), extent([2, 2]), extent([])]).toEqual([
    [1, 3],
    [1.5, 2.5],
    [0, 1],
  ]);
});
