import { epochRange } from './coefficient-chart.js';
import { SIZE, yRange } from './view.js';
import { drawChart } from '../../drawing/svg.js';
import type { RecordedLayer, Recording } from '../recording.js';

/** Where the inputs of a layer lay over epochs: their mean, and a band of one standard deviation to each side. */
export function inputsChart({ moments }: Recording, layer: RecordedLayer): string {
  const points = layer.frames.map(({ inputs: { mean, deviation } }, i) => ({
    x: moments[i]!.epoch,
    y: mean,
    low: mean - deviation,
    high: mean + deviation,
  }));
  return drawChart({
    title: `Inputs of ${layer.path}`,
    ...SIZE,
    xLabel: 'epoch',
    x: epochRange(moments.map(({ epoch }) => epoch)),
    y: yRange(
      points.flatMap(({ x, low, high }) => [
        { x, y: low },
        { x, y: high },
      ]),
    ),
    zeroLines: true,
    marks: [
      { kind: 'band', points, style: 'c0 band' },
      { kind: 'line', points, style: 'c0 line' },
    ],
  });
}
