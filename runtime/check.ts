import { Tensor, tensor, type TensorLike } from '@tensorflow/tfjs-core';
import type { ActivationSpec } from './spec.js';

type Operand = Tensor | TensorLike;

/** The operands as float32 tensors. Throws where a dtype or the shape of c or d is wrong. */
export function checkOperands(
  name: string,
  { m, n }: ActivationSpec,
  x: Operand,
  c: Operand,
  d: Operand,
): [Tensor, Tensor, Tensor] {
  return [float32(name, 'x', x), coefficients(name, 'c', c, m + 1), coefficients(name, 'd', d, n)];
}

function float32(name: string, operand: string, value: Operand): Tensor {
  // Plain arrays and numbers become float32; an empty array is taken as a vector.
  const result = value instanceof Tensor ? value : tensor(value, undefined, 'float32');
  if (result.dtype === 'float32') return result;
  throw new Error(
    `${name}: ${operand} is ${result.dtype}, but must be float32: convert it with tf.cast(${operand}, 'float32')`,
  );
}

function coefficients(name: string, operand: string, value: Operand, length: number): Tensor {
  const result = float32(name, operand, value);
  if (result.rank === 1 && result.size === length) return result;
  throw new Error(`${name}: ${operand} has shape [${result.shape.join(', ')}], but must have shape [${length}]`);
}
