import { drawChart, type Mark, type Point } from '../../runtime/drawing/svg.js';
import { extent } from '../../runtime/drawing/axes.js';
import { groupByLabel, mean } from './summary.js';
import type { CurvePoint, TrainedNet } from './train.js';

const SIZE = { width: 560, height: 340, xLabel: 'epoch' } as const;

/** Loss on the training pictures and accuracy on the test pictures, one colour an activation. */
export function learningCurves(nets: readonly TrainedNet[]): { loss: string; accuracy: string } {
  const groups = groupByLabel(nets);
  const epochs = Math.max(...nets.map((net) => net.epochSeconds.length));
  const losses = groups.map((group) =>
    curve(
      group.map((net) => net.training),
      ({ loss }) => loss,
    ),
  );
  const accuracies = groups.map((group) =>
    curve(
      group.map((net) => net.test),
      ({ accuracy }) => 100 * accuracy,
    ),
  );
  const marks = (curves: readonly Curve[], dots: boolean): Mark[] => [
    ...curves.flatMap(({ band }, i): Mark[] =>
      band === undefined ? [] : [{ kind: 'band', points: band, style: `c${i} band` }],
    ),
    ...curves.map(({ points }, i): Mark => ({ kind: 'line', points, style: `c${i} line`, dots })),
  ];
  return {
    loss: drawChart({
      ...SIZE,
      title: 'Training loss',
      x: [0, epochs],
      y: lossRange(losses),
      marks: marks(losses, false),
    }),
    accuracy: drawChart({
      ...SIZE,
      title: 'Test accuracy',
      x: [0, epochs],
      y: accuracyRange(accuracies),
      marks: marks(accuracies, true),
      unitY: ' %',
    }),
  };
}

interface Curve {
  /** The mean over the seeds. */
  readonly points: readonly Point[];
  /** From the lowest to the highest seed, where there are several. */
  readonly band?: readonly { x: number; low: number; high: number }[];
}

function curve(runs: readonly (readonly CurvePoint[])[], read: (point: CurvePoint) => number): Curve {
  const columns = runs[0]!.map((point, i) => ({ x: point.epoch, values: runs.map((run) => read(run[i]!)) }));
  const points = columns.map(({ x, values }) => ({ x, y: mean(values) }));
  if (runs.length === 1) return { points };
  return { points, band: columns.map(({ x, values }) => ({ x, low: Math.min(...values), high: Math.max(...values) })) };
}

const ys = (curves: readonly Curve[]): number[] => curves.flatMap(({ points }) => points.map(({ y }) => y));

/** The first steps' loss stands far above all that follows, and would press it flat. */
function lossRange(curves: readonly Curve[]): [number, number] {
  const [low] = extent(ys(curves));
  const [, high] = extent(curves.flatMap(({ points }) => points.slice(1).map(({ y }) => y)));
  return low < high ? [Math.max(0, low - 0.1 * (high - low)), high + 0.05 * (high - low)] : extent([low]);
}

/** Without the 10 % that every net starts from. */
function accuracyRange(curves: readonly Curve[]): [number, number] {
  const [low, high] = extent(curves.flatMap(({ points }) => points.slice(1).map(({ y }) => y)));
  const margin = 0.1 * (high - low);
  return [Math.max(0, low - margin), Math.min(100, high + margin)];
}
