import { abs, concat, div, max, maximum, mul, reshape, sqrt, square, sum, type Tensor } from '@tensorflow/tfjs-core';

/**
 * Gradients scaled by min(1, limit / norm), where norm is the Euclidean norm of all of them together (Pascanu et al.,
 * arXiv 1211.5063). Nothing is read back from the device. Call it in a tidy.
 */
export function clipByGlobalNorm(gradients: readonly Tensor[], limit: number): Tensor[] {
  if (gradients.length === 0) return [];
  const flat = concat(gradients.map((gradient) => reshape(gradient, [-1])));
  // Squares of large entries would overflow: divide by the largest first. Its floor keeps 0 / 0 away.
  const largest = maximum(max(abs(flat)), 1e-30);
  const norm = mul(largest, sqrt(sum(square(div(flat, largest)))));
  const factor = div(limit, maximum(norm, limit));
  return gradients.map((gradient) => mul(gradient, factor));
}
