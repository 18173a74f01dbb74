import { meanOf, SIZE, yRange } from './view.js';
import { drawChart, type Mark, type Point } from '../../drawing/svg.js';
import type { Frame, RecordedLayer, Recording } from '../recording.js';

/** Line styles to tell coefficients apart: six colours, then the same dashed. */
export const coefficientStyle = (i: number): string => `c${i % 6} line${Math.floor(i / 6) % 2 === 1 ? ' dashed' : ''}`;

/** How far each c_i or d_j is from where it started, over epochs; of a layer with sets the mean of them. */
export function coefficientChart(
  { moments }: Recording,
  layer: RecordedLayer,
  which: 'numerator' | 'denominator',
): string {
  const means = layer.frames.map((frame: Frame) => meanOf(frame[which]));
  const count = means[0]!.length;
  const lines = Array.from({ length: count }, (_, i): Point[] =>
    means.map((values, frame) => ({ x: moments[frame]!.epoch, y: values[i]! - means[0]![i]! })),
  );
  return drawChart({
    title: `Change of the ${which} of ${layer.path}`,
    ...SIZE,
    xLabel: 'epoch',
    x: epochRange(moments.map(({ epoch }) => epoch)),
    y: yRange(lines.flat()),
    zeroLines: true,
    marks: lines.map((points, i): Mark => ({ kind: 'line', points, style: coefficientStyle(i) })),
  });
}

/** At least one epoch long. */
export const epochRange = (epochs: readonly number[]): [number, number] => {
  const [low, high] = [Math.min(...epochs), Math.max(...epochs)];
  return [low, Math.max(high, low + 1)];
};
