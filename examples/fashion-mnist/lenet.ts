import * as tfl from '@tensorflow/tfjs-layers';
import { CLASSES, type Shape } from './pictures.js';

type Layer = tfl.layers.Layer;

/** One of the activations to compare. */
export interface ActivationChoice {
  readonly label: string;
  /** A new layer for one place in the net. */
  create(name: string): Layer;
  /** What its initial coefficients were fitted to, where it has any. */
  readonly target?: { readonly label: string; readonly evaluate: (x: number) => number };
}

export interface Lenet {
  readonly model: tfl.Sequential;
  /** In the order of PLACES. */
  readonly activations: readonly Layer[];
}

/** The four places that an activation takes, in order. */
export const PLACES = ['after convolution 1', 'after convolution 2', 'after dense 1', 'after dense 2'] as const;

/**
 * LeNet-5 with max pooling, for 28 x 28 or 32 x 32 pictures: the first convolution pads the smaller ones, so both give
 * 28 x 28 x 6. Returns logits. The initial weights depend on the seed alone, whatever the activation.
 */
export function buildLenet(shape: Shape, choice: ActivationChoice, seed: number): Lenet {
  let layer = 0;
  // He's initialiser draws from a generator of its own for each layer: equal seeds give equal weights in every net.
  const kernelInitializer = () => tfl.initializers.heNormal({ seed: seed * 101 + ++layer });
  const activations = PLACES.map((_, i) => choice.create(`activation${i + 1}`));
  const [afterConv1, afterConv2, afterDense1, afterDense2] = activations as [Layer, Layer, Layer, Layer];
  const { conv2d, maxPooling2d, flatten, dense } = tfl.layers;
  const model = tfl.sequential({
    layers: [
      conv2d({
        inputShape: [...shape],
        filters: 6,
        kernelSize: 5,
        padding: shape[0] === 28 ? 'same' : 'valid',
        kernelInitializer: kernelInitializer(),
      }),
      afterConv1,
      maxPooling2d({ poolSize: 2 }),
      conv2d({ filters: 16, kernelSize: 5, kernelInitializer: kernelInitializer() }),
      afterConv2,
      maxPooling2d({ poolSize: 2 }),
      flatten(),
      dense({ units: 120, kernelInitializer: kernelInitializer() }),
      afterDense1,
      dense({ units: 84, kernelInitializer: kernelInitializer() }),
      afterDense2,
      dense({ units: CLASSES, kernelInitializer: kernelInitializer() }),
    ],
  });
  return { model, activations };
}
