import { grads, tensor1d, type Tensor } from '@tensorflow/tfjs-core';
import { hermitePade5x4, HermitePade5x4, spec } from '../../generated/hermite-5-4.js';
import { hermiteSumAbs, type Case, type Judged } from './reference.js';

export interface SelfTest {
  /** The worst error of the value, and of a gradient, in units (units.ts). */
  readonly value: number;
  readonly gradients: number;
  readonly seconds: number;
}

const SIZE = 4099; // no whole number of vectors, workgroups or blocks

/** Runs a generated layer on tfjs's current backend and judges it. A backend's own complaints are thrown. */
export async function selfTest(): Promise<SelfTest> {
  const started = performance.now();
  const wave = (scale: number, phase: number): number[] =>
    Array.from({ length: SIZE }, (_, k) => Math.fround(scale * Math.sin(1.37 * k + phase)));
  const example: Case = { x: wave(6, 0.4), dy: wave(1, 1.1), c: spec.initial.c, d: spec.initial.d };
  const [x, dy, c, d] = [example.x, example.dy, example.c, example.d].map((values) => tensor1d([...values]));

  const layer = new HermitePade5x4();
  const y = layer.apply(x!) as Tensor;
  const found = [y, ...grads((...args) => hermitePade5x4(args[0]!, args[1]!, args[2]!))([x!, c!, d!], dy!)];
  const [ys, ...gradients] = await Promise.all(found.map((tensor) => tensor.data()));
  [x!, dy!, c!, d!, ...found].forEach((tensor) => tensor.dispose());
  layer.dispose();

  const truth = hermiteSumAbs(example);
  return {
    value: worst(ys!, truth.y),
    gradients: Math.max(...[truth.dx, truth.dc, truth.dd].map((part, i) => worst(gradients[i]!, part))),
    seconds: (performance.now() - started) / 1000,
  };
}

/** The worst error in units; infinite where something is missing or no number. */
export function worst(found: ArrayLike<number>, truth: readonly Judged[]): number {
  if (found.length !== truth.length) return Infinity;
  const errors = truth.map(({ value, size }, i) => Math.abs(found[i]! - value) / (2 ** -24 * size));
  return errors.reduce((top, error) => Math.max(top, Number.isNaN(error) ? Infinity : error), 0);
}
