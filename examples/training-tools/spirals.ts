import { tensor2d, type Tensor2D } from '@tensorflow/tfjs-core';

/** Two spirals that wind around each other, and which one each point is on: x [2 count, 2], y [2 count, 1]. */
export function spirals(count: number): { x: Tensor2D; y: Tensor2D } {
  const points = Array.from({ length: 2 * count }, (_, i) => {
    const [which, along] = [i % 2, Math.floor(i / 2) / count];
    const angle = 3 * Math.PI * along + Math.PI * which;
    const radius = 0.2 + 2.3 * along;
    return { xy: [radius * Math.cos(angle), radius * Math.sin(angle)], which };
  });
  return {
    x: tensor2d(points.map(({ xy }) => xy)),
    y: tensor2d(points.map(({ which }) => [which])),
  };
}
