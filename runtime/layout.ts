import { reshape, transpose, type Tensor } from '@tensorflow/tfjs-core';

/**
 * How the elements of x are divided among sets of coefficients. x is seen as [outer, sets, inner]: element [o, s, i]
 * belongs to set s. One set for all is [1, 1, size]. Kernels take an aligned x and this shape beside it, composed ops an
 * x of this shape.
 */
export interface Layout {
  readonly shape: readonly [outer: number, sets: number, inner: number];
  /** The axes with sets of their own side by side: x itself, or a transposed copy where they do not lie so. */
  align(x: Tensor): Tensor;
  /** x aligned, and of this shape. */
  arrange(x: Tensor): Tensor;
  /** Back to x's shape, from either. */
  restore(y: Tensor): Tensor;
}

/**
 * The layout for x of a shape and coefficients with leading dimensions `sets`, which broadcast to it: they are aligned
 * at the last axis, and each is 1 (shared) or the side of x. Undefined where they do not.
 */
export function layoutOf(shape: readonly number[], sets: readonly number[]): Layout | undefined {
  const own = [...Array<number>(Math.max(0, shape.length - sets.length)).fill(1), ...sets];
  if (own.length !== shape.length || own.some((side, axis) => side !== 1 && side !== shape[axis])) return undefined;
  // A side of 1 says nothing about where it lies.
  const ownAxes = axesWhere(own, (side) => side !== 1);
  const sharedAxes = axesWhere(shape, (side, axis) => own[axis] === 1 && side !== 1);
  const [first, last] = [ownAxes[0] ?? shape.length, ownAxes.at(-1) ?? -1];
  const count = product(ownAxes.map((axis) => shape[axis]!));
  if (sharedAxes.every((axis) => axis < first || axis > last)) {
    const inner = ownAxes.length === 0 ? product(shape) : product(shape.slice(last + 1));
    const outer = ownAxes.length === 0 ? 1 : product(shape.slice(0, first));
    return {
      shape: [outer, count, inner],
      align: (x) => x,
      arrange: (x) => reshape(x, [outer, count, inner]),
      // A tensor of the right shape is not counted as another.
      restore: (y) =>
        y.rank === shape.length && y.shape.every((side, axis) => side === shape[axis]) ? y : reshape(y, [...shape]),
    };
  }
  const order = [...axesWhere(own, (side) => side === 1), ...ownAxes];
  const back = order.map((_, axis) => order.indexOf(axis));
  const outer = product(sharedAxes.map((axis) => shape[axis]!));
  return {
    shape: [outer, count, 1],
    align: (x) => transpose(x, order),
    arrange: (x) => reshape(transpose(x, order), [outer, count, 1]),
    restore: (y) =>
      transpose(
        reshape(
          y,
          order.map((axis) => shape[axis]!),
        ),
        back,
      ),
  };
}

const product = (sides: readonly number[]): number => sides.reduce((size, side) => size * side, 1);

const axesWhere = (sides: readonly number[], holds: (side: number, axis: number) => boolean): number[] =>
  sides.flatMap((side, axis) => (holds(side, axis) ? [axis] : []));
