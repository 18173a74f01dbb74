import { html, show } from '../dom.js';
import { evaluate, type Shape } from './evaluate.js';
import { evenPoints } from './even-points.js';

/** How far F is from its target on the interval, and what it is outside: a list of names and numbers. */
export function figures(shape: Shape, interval: readonly [number, number], target: Float64Array): readonly Node[] {
  const xs = evenPoints(interval, target.length);
  const { y } = evaluate(shape, xs);
  let [squares, most, at] = [0, 0, 0];
  for (let i = 0; i < xs.length; i++) {
    const error = Math.abs(y[i]! - target[i]!);
    squares += error * error;
    if (error > most) [most, at] = [error, xs[i]!];
  }
  const [low, high] = interval;
  const [zero, right, left] = evaluate(shape, Float64Array.of(0, 10, -10)).y;
  const rows = [
    ['RMSE', show(Math.sqrt(squares / xs.length))],
    ['largest error', `${show(most)} at ${show(at, 3)}`],
    ['F(0)', show(zero!)],
    ['F(10), F(−10)', `${show(right!)}, ${show(left!)}`],
  ] as const;
  return [
    html('div', { class: 'caption' }, `on [${show(low)}, ${show(high)}]`),
    ...rows.map(([name, value]) => html('div', {}, html('dt', {}, name), html('dd', {}, value))),
  ];
}
