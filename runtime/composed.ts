import {
  abs as tfAbs,
  customGrad,
  less,
  mul,
  neg,
  onesLike,
  pad,
  reshape,
  scalar,
  sum,
  tidy,
  where,
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

/** Below this many elements one pass is as accurate as two. */
const SMALL = 1024;

/**
 * The sum of all elements, as a scalar. Summed in about sqrt(size) blocks of about sqrt(size) elements each, so that
 * the error grows with the square root of the size at worst, whatever order a backend adds in.
 */
export function total(values: Tensor): Tensor {
  const { size } = values;
  // tfjs-wasm sums an empty tensor to whatever lies in memory.
  if (size === 0) return scalar(0);
  if (size < SMALL) return sum(values);
  const block = blockSize(size);
  const flat = reshape(values, [size]);
  const rows = Math.ceil(size / block);
  const whole = rows * block === size ? flat : pad(flat, [[0, rows * block - size]]);
  return sum(sum(reshape(whole, [rows, block]), 1));
}

/** The divisor of `size` nearest above its square root within a factor of 8, else the rounded-up root. */
function blockSize(size: number): number {
  const root = Math.ceil(Math.sqrt(size));
  for (let block = root; block <= 8 * root; block++) {
    if (size % block === 0) return block;
  }
  return root;
}
