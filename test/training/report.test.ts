import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  movementChart,
  shapeChart,
  trainingReport,
  type Frame,
  type RecordedLayer,
  type Recording,
} from 'opau/training';
import { writeTrainingReport } from 'opau/training-node';
import { describe, expect, it } from 'vitest';
import { movement, summaryRow } from '../../runtime/training/report/summary.js';
import { unclosed } from '../support/markup.js';

const grid = Array.from({ length: 81 }, (_, i) => (i - 40) / 5);
/** Slope times x, for inputs that all lie on five cells around `centre`. */
const frame = (slopes: number[], centre = 40): Frame => ({
  numerator: slopes.map((slope) => [0, slope]),
  denominator: slopes.map(() => [0.5, 0.25]),
  values: slopes.map((slope) => grid.map((x) => slope * x)),
  inputs: {
    cells: grid.map((_, i) => (Math.abs(i - centre) <= 2 ? 0.2 : 0)),
    below: 0,
    above: 0,
    notFinite: 0,
    mean: grid[centre]!,
    deviation: 0.28,
  },
});
const layer = (path: string, frames: Frame[], n = 2): RecordedLayer => ({
  path,
  className: 'Pade1x2',
  basis: 'monomial',
  m: 1,
  n,
  denominator: 'sum-abs',
  target: 'relu',
  interval: [-3, 3],
  sets: frames[0]!.values.length,
  sampled: frames[0]!.values.map((_, i) => i),
  frames,
});
const recordingOf = (...layers: RecordedLayer[]): Recording => ({
  grid,
  moments: layers[0]!.frames.map((_, epoch) => ({
    epoch,
    step: 10 * epoch,
    ...(epoch > 0 && { logs: { loss: 1 / epoch, val_loss: 2 / epoch, acc: 0.5 } }),
  })),
  layers,
});
const one = recordingOf(layer('a', [frame([1]), frame([1.5]), frame([2], 60)]));
const titles = (html: string): string[] => [...html.matchAll(/aria-label="([^"]*)"/g)].map(([, title]) => title!);
/** The points of each polyline of a style. */
const lines = (svg: string, style: string): number[][][] =>
  [...svg.matchAll(new RegExp(`<polyline class="${style}"[^>]* points="([^"]*)"`, 'g'))].map(([, points]) =>
    points!.split(' ').map((point) => point.split(',').map(Number)),
  );

describe('the report of a training', () => {
  it('has each chart of each layer, and loss and metrics', () => {
    const html = trainingReport(
      recordingOf(layer('a', [frame([1]), frame([2])]), layer('b', [frame([1]), frame([2])], 0)),
    );
    expect(titles(html)).toEqual([
      ...['loss over epochs', 'acc over epochs', 'a before and after training', 'How a moved'],
      ...['Change of the numerator of a', 'Change of the denominator of a', 'Inputs of a'],
      ...['b before and after training', 'How b moved', 'Change of the numerator of b', 'Inputs of b'],
    ]);
    expect(html).toContain('2 layers over 1 epoch (10 batches), recorded at 2 moments.');
  });

  it('is well-formed, needs nothing from elsewhere, and escapes names', () => {
    const html = trainingReport(recordingOf(layer('<a> & "b"', [frame([1]), frame([2])])), { title: '1 < 2' });
    expect(unclosed(html)).toEqual([]);
    expect(html).not.toMatch(/<script|<link|<img|src=|@import|https?:\/\/(?!www\.w3\.org\/2000\/svg)/);
    expect(html).toContain('<h1>1 &#60; 2</h1>');
    expect(html).toContain('<h2>&#60;a&#62; &#38; &#34;b&#34;</h2>');
  });

  it('is the same for the same recording, also from a file', () => {
    expect(trainingReport(JSON.parse(JSON.stringify(one)) as Recording)).toBe(trainingReport(one));
  });

  it('draws one moment, and training that came to nothing', () => {
    expect(unclosed(trainingReport(recordingOf(layer('a', [frame([1])]))))).toEqual([]);
    const lost = JSON.parse(JSON.stringify(recordingOf(layer('a', [frame([1]), frame([NaN])])))) as Recording;
    const html = trainingReport(lost);
    expect(html.match(/NaN|Infinity|undefined|null/g)).toBeNull();
    expect(html).toContain('not finite');
  });

  it('refuses a recording of nothing', () => {
    expect(() => trainingReport({ ...one, moments: [] })).toThrow(/has 0 moments: it needs one at least/);
  });
});

describe('pictures', () => {
  it('show the function before and after where the inputs are', () => {
    const svg = shapeChart(one, one.layers[0]!);
    // Inputs at 4: the chart reaches beyond [-3, 3] on that side alone.
    expect(svg).toMatch(/>4<\/text>/);
    expect(svg).not.toMatch(/>\u22124<\/text>/);
    const [before, after] = [lines(svg, 'before')[0]!, lines(svg, 'c1 line')[0]!];
    expect(before).toHaveLength(after.length);
    // Twice as steep: pixels count downwards.
    const rise = (points: number[][]): number => points[0]![1]! - points.at(-1)![1]!;
    expect(rise(after) / rise(before)).toBeCloseTo(2, 1);
  });

  it('has a curve a set, and a target where one is given', () => {
    const sets = recordingOf(layer('a', [frame([1, 1, 1]), frame([1, 2, 3])]));
    const svg = shapeChart(sets, sets.layers[0]!, { colour: 2, target: Math.abs });
    expect([lines(svg, 'before').length, lines(svg, 'c2 line').length, lines(svg, 'target').length]).toEqual([3, 3, 1]);
  });

  it('show at most twelve moments, the last one in full', () => {
    const many = recordingOf(
      layer(
        'a',
        Array.from({ length: 40 }, (_, i) => frame([1 + i / 40])),
      ),
    );
    const svg = movementChart(many, many.layers[0]!);
    const opacities = [...svg.matchAll(/opacity="([^"]*)"/g)].map(([, value]) => Number(value));
    expect(opacities).toHaveLength(12);
    expect(opacities.at(-1)).toBe(1);
    expect(opacities).toEqual([...opacities].sort((a, b) => a - b));
  });

  it('count movement where inputs are', () => {
    // |2 x - x| over cells 3.6 .. 4.4, by hand.
    const { rms, most } = movement(one, one.layers[0]!);
    expect(rms).toBeCloseTo(Math.sqrt((3.6 ** 2 + 3.8 ** 2 + 4 ** 2 + 4.2 ** 2 + 4.4 ** 2) / 5), 10);
    expect(most).toBeCloseTo(4.4, 10);
    expect(summaryRow(one, one.layers[0]!)).toEqual([
      'a',
      'monomial 1/2',
      '4',
      '4.01',
      '4.4',
      '0 ± 0.28',
      '4 ± 0.28',
      '100.0 %',
    ]);
  });
});

describe('writing a report', () => {
  it('makes the directory, and writes the page and the data', async () => {
    const folder = join(await mkdtemp(join(tmpdir(), 'opau-')), 'deep', 'er');
    const page = await writeTrainingReport(folder, one, { title: 'Mine' });
    expect(page).toBe(join(folder, 'training.html'));
    expect(await readFile(page, 'utf8')).toBe(trainingReport(one, { title: 'Mine' }));
    expect(JSON.parse(await readFile(join(folder, 'training.json'), 'utf8'))).toEqual(one);
  });

  it('says in one line where it cannot, and how to go on', async () => {
    const file = join(await mkdtemp(join(tmpdir(), 'opau-')), 'file');
    await writeFile(file, '');
    for (const folder of [file, join(file, 'below')]) {
      const error = await writeTrainingReport(folder, one).then(String, String);
      expect(error).toMatch(
        /^Error: cannot write the report to .*file.*: .+ \((EEXIST|ENOTDIR)\); give another directory/,
      );
      expect(error).not.toContain('\n');
    }
  });
});
