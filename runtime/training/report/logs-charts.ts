import { epochRange } from './coefficient-chart.js';
import { SIZE, yRange } from './view.js';
import { figure } from '../../drawing/page.js';
import { drawChart, type Point } from '../../drawing/svg.js';
import type { Recording } from '../recording.js';

/** More points are a line of dots. */
const MOST_DOTS = 25;

/** Loss and each metric over epochs, with its values in validation (`val_...`) beside it; [] where none were recorded. */
export function logsFigures({ moments }: Recording): string[] {
  const names = [...new Set(moments.flatMap(({ logs }) => Object.keys(logs ?? {})))];
  const curve = (name: string): Point[] =>
    moments.flatMap(({ epoch, logs }) => (logs?.[name] === undefined ? [] : [{ x: epoch, y: logs[name] }]));
  return names
    .filter((name) => !name.startsWith('val_'))
    .map((name) => {
      const [training, validation] = [curve(name), curve(`val_${name}`)];
      const dots = training.length <= MOST_DOTS;
      const chart = drawChart({
        title: `${name} over epochs`,
        ...SIZE,
        xLabel: 'epoch',
        x: epochRange(moments.map(({ epoch }) => epoch)),
        y: yRange([...training, ...validation]),
        marks: [
          { kind: 'line', points: training, style: 'c1 line', dots },
          ...(validation.length === 0 ? [] : [{ kind: 'line', points: validation, style: 'c2 line', dots } as const]),
        ],
      });
      return figure(validation.length === 0 ? name : `${name} (blue), in validation (orange)`, chart);
    });
}
