import { broadcastTo, gather, reshape, tensor1d, tidy, transpose, type Tensor } from '@tensorflow/tfjs-core';
import type { PadeLayer } from '../layer.js';

/** More curves than this in one chart, or their numbers in a file, tell nobody anything. */
const MOST_SETS = 16;

/** The coefficients of a layer that is built, as [sets, m + 1] and [sets, n]. */
export function coefficientTensors({ numerator, denominator, op: { spec } }: PadeLayer): { c: Tensor; d: Tensor } {
  const c = reshape(numerator!.read(), [-1, spec.m + 1]);
  const d = denominator === undefined ? reshape(tensor1d([]), [1, 0]) : reshape(denominator.read(), [-1, spec.n]);
  return { c, d };
}

/** How many sets of coefficients a layer that is built has. */
export const setsOf = ({ numerator }: PadeLayer): number =>
  numerator!.shape.slice(0, -1).reduce<number>((product, side) => product * side!, 1);

/** Which sets to show: all, or evenly some among many, always the first and the last. */
export function sampledSets(sets: number): number[] {
  const count = Math.min(sets, MOST_SETS);
  return Array.from({ length: count }, (_, i) => (count === 1 ? 0 : Math.round((i * (sets - 1)) / (count - 1))));
}

/** F of some sets at some places: [sampled, points]. */
export function sampleValues(layer: PadeLayer, grid: readonly number[], sampled: readonly number[]): Tensor {
  return tidy(() => {
    const { c, d } = coefficientTensors(layer);
    const x = broadcastTo(reshape(tensor1d([...grid]), [grid.length, 1]), [grid.length, sampled.length]);
    const rows = (all: Tensor): Tensor => (all.shape[1] === 0 ? all : gather(all, tensor1d([...sampled], 'int32')));
    return transpose(layer.op(x, rows(c), rows(d)));
  });
}
