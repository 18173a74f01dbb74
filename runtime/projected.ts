import { tidy, type Tensor, type Variable } from '@tensorflow/tfjs-core';
import type { LayerVariable } from '@tensorflow/tfjs-layers';

interface Constraint {
  apply(weight: Tensor): Tensor;
}

/**
 * Makes a weight's constraint hold whenever the weight is read: in the forward pass, by an optimiser, when it is saved.
 * tfjs by itself applies constraints to values that are written through the layer, and its optimisers do not write
 * that way, so that in training they never act (tensorflow/tfjs issues 3345 and 3979).
 */
export function projectOnRead(weight: LayerVariable, constraint: Constraint): LayerVariable {
  const read = weight.read.bind(weight);
  weight.read = () => {
    const value = read() as Variable;
    tidy(() => value.assign(constraint.apply(value)));
    return value;
  };
  return weight;
}
