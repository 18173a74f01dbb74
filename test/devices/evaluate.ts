import { grads, tensor, tidy, type Tensor } from '@tensorflow/tfjs-core';
import type { ActivationOp } from 'opau/runtime';

/** An operand: values with a shape; a vector if left out. */
export interface Operand {
  readonly values: ArrayLike<number>;
  readonly shape?: readonly number[];
}

export interface Results {
  readonly y: Float32Array;
  readonly dx: Float32Array;
  readonly dc: Float32Array;
  readonly dd: Float32Array;
}

export interface Evaluation extends Results {
  /** The shapes of the parameter gradients. */
  readonly shapes: { readonly dc: readonly number[]; readonly dd: readonly number[] };
}

export const toTensor = ({ values, shape = [values.length] }: Operand): Tensor =>
  tensor(Float32Array.from(values), [...shape], 'float32');

export async function read(t: Tensor): Promise<Float32Array> {
  // Not dataSync: WebGPU has none.
  const values = (await t.data()) as Float32Array;
  t.dispose();
  return values;
}

/** y, and the gradients of sum(dy y), on the current backend. dy is 1 if left out. */
export async function evaluate(
  op: ActivationOp,
  x: Operand,
  c: Operand,
  d: Operand,
  dy?: Operand,
): Promise<Evaluation> {
  const [y, dx, dc, dd] = tidy(() => {
    const inputs = [x, c, d].map(toTensor) as [Tensor, Tensor, Tensor];
    const weights = toTensor(dy ?? { values: new Float32Array(x.values.length).fill(1), shape: x.shape! });
    return [op(...inputs), ...grads((a, b, e) => op(a!, b!, e!))(inputs, weights)];
  }) as [Tensor, Tensor, Tensor, Tensor];
  const shapes = { dc: dc.shape, dd: dd.shape };
  return { y: await read(y), dx: await read(dx), dc: await read(dc), dd: await read(dd), shapes };
}

export const vector = (values: ArrayLike<number>): Operand => ({ values });
