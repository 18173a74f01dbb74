import {
  abs as tfAbs,
  clipByValue,
  concat,
  customGrad,
  less,
  mul,
  neg,
  onesLike,
  pad,
  reshape,
  split,
  sum,
  tidy,
  where,
  zeros,
  zerosLike,
  type Tensor,
} from '@tensorflow/tfjs-core';

/** sgn(v) = -1 where v < 0, else +1: the project's policy at kinks. Its derivative is 0. */
export const sgn = customGrad((v) => ({
  value: tidy(() => {
    const one = onesLike(v as Tensor);
    return where(less(v as Tensor, 0), neg(one), one);
  }),
  gradFunc: (dy: Tensor) => zerosLike(dy),
}));

/** |v| with derivative sgn(v); tf.abs has -1 at 0. */
export const abs = customGrad((v, save) => {
  (save as (tensors: Tensor[]) => void)([v as Tensor]);
  return { value: tfAbs(v as Tensor), gradFunc: (dy: Tensor, [saved]: Tensor[]) => mul(dy, sgn(saved!)) };
});

/** The largest float32. */
const LARGEST = 3.4028234663852886e38;

/** An infinite x counts as the largest finite one: inf / inf would be NaN. NaN stays. */
export const finite = (x: Tensor): Tensor => clipByValue(x, -LARGEST, LARGEST);

/** The columns of coefficients [sets, k], each of shape [sets, 1], which broadcasts to x of shape [outer, sets, inner]. */
export const columns = (coefficients: Tensor): Tensor[] => split(coefficients, coefficients.shape[1]!, 1);

/** Columns [sets, 1] as [sets, k]. */
export const fromColumns = (values: readonly Tensor[]): Tensor => concat([...values], 1);

/** The sums of values [outer, sets, inner] by set, as [sets, 1]. */
export function total(values: Tensor): Tensor {
  const [outer, sets, inner] = values.shape as [number, number, number];
  const rows = inner === 1 ? reshape(values, [outer, sets]) : sumAlong(values, 2, inner);
  const sums = outer === 1 ? rows : sumAlong(reshape(rows, [outer, sets]), 0, outer);
  return reshape(sums, [sets, 1]);
}

/** Below this many elements one pass is as accurate as two. */
const SMALL = 1024;

/**
 * Sums along an axis of a length: in about sqrt(length) blocks of about sqrt(length) elements each, so that the error
 * grows with the square root of the length at worst, whatever order a backend adds in.
 */
function sumAlong(values: Tensor, axis: number, length: number): Tensor {
  const without = values.shape.filter((_, i) => i !== axis);
  // tfjs-wasm sums an empty tensor to whatever lies in memory.
  if (values.size === 0) return zeros(without);
  if (length < SMALL) return sum(values, axis);
  const block = blockSize(length);
  const count = Math.ceil(length / block);
  const missing = values.shape.map((_, i): [number, number] => [0, i === axis ? count * block - length : 0]);
  const whole = count * block === length ? values : pad(values, missing);
  const blocks = reshape(whole, [...values.shape.slice(0, axis), count, block, ...values.shape.slice(axis + 1)]);
  return sum(sum(blocks, axis + 1), axis);
}

/** The divisor of `size` nearest above its square root within a factor of 8, else the rounded-up root. */
function blockSize(size: number): number {
  const root = Math.ceil(Math.sqrt(size));
  for (let block = root; block <= 8 * root; block++) {
    if (size % block === 0) return block;
  }
  return root;
}
