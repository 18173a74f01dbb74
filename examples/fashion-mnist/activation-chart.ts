import { extent } from '../../compiler/drawing/axes.js';
import { GRID, type InputHistogram } from './inspect.js';
import { PLACES, type ActivationChoice } from './lenet.js';
import { drawChart, type Mark, type Point } from '../../compiler/drawing/svg.js';
import type { ActivationHistory } from './train.js';

/** One activation layer: its function before and after training, its target, and where its inputs lie. */
export function activationChart(
  history: ActivationHistory,
  target: ActivationChoice['target'],
  colour: number,
): string {
  const x = inputRange(history.inputs);
  const visible = GRID.map((_, i) => i).filter((i) => GRID[i]! >= x[0] && GRID[i]! <= x[1]);
  const trace = (values: readonly number[]): Point[] => visible.map((i) => ({ x: GRID[i]!, y: values[i]! }));
  const before = trace(history.before.values);
  const after = trace(history.after.values);
  const y = padded(extent([...before, ...after].map((p) => p.y)));
  const goal = target === undefined ? [] : visible.map((i) => ({ x: GRID[i]!, y: target.evaluate(GRID[i]!) }));
  const marks: Mark[] = [
    { kind: 'band', points: hill(history.inputs, visible, y), style: 'inputs' },
    { kind: 'line', points: goal, style: 'target' },
    { kind: 'line', points: before, style: 'before' },
    { kind: 'line', points: after, style: `c${colour} line` },
  ];
  return drawChart({
    title: `Activation ${PLACES[history.place]!}`,
    width: 270,
    height: 215,
    x,
    y,
    zeroLines: true,
    marks,
  });
}

/** Where all but 1 % of the inputs lie, at least [-3, 3] and at most GRID. */
function inputRange(inputs: InputHistogram): [number, number] {
  let low = 0;
  let high = inputs.length - 1;
  for (let sum = inputs[low]!; sum < 0.005 && low < high; sum += inputs[low]!) low++;
  for (let sum = inputs[high]!; sum < 0.005 && high > low; sum += inputs[high]!) high--;
  return [Math.min(-3, Math.floor(GRID[low]!)), Math.max(3, Math.ceil(GRID[high]!))];
}

const padded = ([low, high]: readonly [number, number]): [number, number] => [
  low - 0.06 * (high - low),
  high + 0.06 * (high - low),
];

/** The inputs as a hill on the floor of the chart, a third of it high at most. */
function hill(inputs: InputHistogram, visible: readonly number[], [floor, ceiling]: readonly [number, number]) {
  const smooth = visible.map((i) => ((inputs[i - 1] ?? 0) + 2 * inputs[i]! + (inputs[i + 1] ?? 0)) / 4);
  const most = Math.max(...smooth) || 1;
  return visible.map((i, k) => ({
    x: GRID[i]!,
    low: floor,
    high: floor + (smooth[k]! / most) * (ceiling - floor) * 0.33,
  }));
}
