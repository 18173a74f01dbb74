import { first, hill, last, SIZE, trace, visible, yRange } from './view.js';
import { drawChart, type Mark } from '../../drawing/svg.js';
import type { RecordedLayer, Recording } from '../recording.js';

export interface ShapeOptions {
  readonly title?: string;
  /** Which of the style sheet's colours, 0 to 5, the function after training has. */
  readonly colour?: number;
  /** A function to draw dashed, such as the one that the layer started near. */
  readonly target?: (x: number) => number;
  readonly width?: number;
  readonly height?: number;
}

/**
 * One layer before and after training, over its inputs: the hill of those after, the dashed outline of those before. A
 * layer with sets of coefficients has a curve for each that was sampled. Returns SVG, coloured by the style sheet around.
 */
export function shapeChart({ grid }: Recording, layer: RecordedLayer, options: ShapeOptions = {}): string {
  const { title = `${layer.path} before and after training`, colour = 1, target, ...size } = options;
  const [before, after] = [first(layer.frames), last(layer.frames)];
  const shown = visible(grid, [before.inputs, after.inputs]);
  const lines = (values: readonly (readonly number[])[], style: string): Mark[] =>
    values.map((one) => ({
      kind: 'line',
      points: trace(grid, shown, one),
      style,
      ...(values.length > 1 && { opacity: 0.55 }),
    }));
  const functions = [...lines(before.values, 'before'), ...lines(after.values, `c${colour} line`)];
  const y = yRange(functions.flatMap((mark) => (mark.kind === 'line' ? mark.points : [])));
  const outline = hill(grid, before.inputs, shown, y).map(({ x, high }) => ({ x, y: high }));
  const goal = target && trace(grid, shown, grid.map(target));
  return drawChart({
    title,
    ...SIZE,
    ...size,
    x: [grid[first(shown)]!, grid[last(shown)]!],
    y,
    zeroLines: true,
    marks: [
      { kind: 'band', points: hill(grid, after.inputs, shown, y), style: 'inputs' },
      { kind: 'line', points: outline, style: 'earlier' },
      ...(goal === undefined ? [] : [{ kind: 'line', points: goal, style: 'target' } as const]),
      ...functions,
    ],
  });
}
