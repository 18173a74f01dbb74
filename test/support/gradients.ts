import { grads, tensor1d, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { numbers } from './emit.js';

export interface ValueAndGradients {
  readonly y: number[];
  readonly dx: number[];
  readonly dc: number[];
  readonly dd: number[];
}

type Op = (x: Tensor, c: Tensor, d: Tensor) => Tensor;

/** y, and the gradients of sum(dy y), of an op at a vector of points. */
export function valueAndGradients(
  op: Op,
  x: readonly number[],
  c: readonly number[],
  d: readonly number[],
  dy?: readonly number[],
): ValueAndGradients {
  return tidy(() => {
    const inputs: [Tensor, Tensor, Tensor] = [tensor1d([...x]), tensor1d([...c]), tensor1d([...d], 'float32')];
    const y = op(...inputs);
    const weights = dy === undefined ? y.dataSync().map(() => 1) : [...dy];
    const [dx, dc, dd] = grads((a, b, e) => op(a!, b!, e!))(inputs, tensor1d(weights as number[], 'float32'));
    return { y: numbers(y), dx: numbers(dx!), dc: numbers(dc!), dd: numbers(dd!) };
  });
}
