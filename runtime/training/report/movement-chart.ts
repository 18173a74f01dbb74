import { last, meanOf, SIZE, trace, visible, yRange } from './view.js';
import { drawChart, type Mark } from '../../drawing/svg.js';
import type { ShapeOptions } from './shape-chart.js';
import type { RecordedLayer, Recording } from '../recording.js';

/** More than these run into each other. */
const MOST_CURVES = 12;

export type MovementOptions = Omit<ShapeOptions, 'target'>;

/**
 * How the function of one layer moved: as it was at some moments, the later the stronger. Of a layer with sets of
 * coefficients the mean over those sampled.
 */
export function movementChart({ grid }: Recording, layer: RecordedLayer, options: MovementOptions = {}): string {
  const { title = `How ${layer.path} moved`, colour = 1, ...size } = options;
  const { frames } = layer;
  const shown = visible(grid, [frames[0]!.inputs, last(frames).inputs]);
  const count = Math.min(MOST_CURVES, frames.length);
  const picked = Array.from({ length: count }, (_, i) =>
    count === 1 ? 0 : Math.round((i * (frames.length - 1)) / (count - 1)),
  );
  const marks = picked.map((frame, i): Mark => ({
    kind: 'line',
    points: trace(grid, shown, meanOf(frames[frame]!.values)),
    style: `c${colour} line`,
    opacity: count === 1 ? 1 : 0.12 + (0.88 * i) / (count - 1),
  }));
  return drawChart({
    title,
    ...SIZE,
    ...size,
    x: [grid[shown[0]!]!, grid[last(shown)]!],
    y: yRange(marks.flatMap((mark) => (mark.kind === 'line' ? mark.points : []))),
    zeroLines: true,
    marks,
  });
}
