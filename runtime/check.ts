import { Tensor, tensor, type TensorLike } from '@tensorflow/tfjs-core';
import { layoutOf, type Layout } from './layout.js';
import type { ActivationSpec } from './spec.js';

type Operand = Tensor | TensorLike;

export interface Operands {
  readonly x: Tensor;
  readonly c: Tensor;
  readonly d: Tensor;
  readonly layout: Layout;
}

/**
 * The operands as float32 tensors, and which elements of x belong to which coefficients. Throws an Error that quotes the
 * offending value where a dtype is wrong, or the shapes of c or d do not suit the spec or x.
 */
export function checkOperands(name: string, { m, n }: ActivationSpec, xs: Operand, cs: Operand, ds: Operand): Operands {
  const x = float32(name, 'x', xs);
  const c = coefficients(name, 'c', cs, m + 1);
  const d = coefficients(name, 'd', ds, n);
  const sets = c.shape.slice(0, -1);
  if (n > 0 && d.shape.slice(0, -1).join() !== sets.join()) {
    throw new Error(
      `${name}: c has shape ${quoted(c.shape)} and d ${quoted(d.shape)}: all but the last dimension must agree`,
    );
  }
  const layout = layoutOf(x.shape, sets);
  if (layout !== undefined) return { x, c, d, layout };
  throw new Error(
    `${name}: c has shape ${quoted(c.shape)}, but ${quoted(sets)} does not broadcast to x's shape ${quoted(x.shape)}: ` +
      'each dimension, counted from the last, must be 1 or equal to that of x',
  );
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
  if (result.rank > 0 && result.shape.at(-1) === length) return result;
  throw new Error(
    `${name}: ${operand} has shape ${quoted(result.shape)}, but must have shape [${length}], or [..., ${length}] for sets ` +
      'of coefficients',
  );
}

const quoted = (shape: readonly number[]): string => `[${shape.join(', ')}]`;
