import { serialization, tensor, tidy, type Tensor, type TensorLike } from '@tensorflow/tfjs-core';
import { layers, type Shape } from '@tensorflow/tfjs-layers';
import type { ActivationOp } from './activation.js';
import { resolve } from './identifiers.js';
import { PadeLayer } from './layer.js';

/** Arguments of a layer with fixed coefficients: those of tf.layers.Layer. */
export type FrozenLayerArgs = NonNullable<ConstructorParameters<typeof layers.Layer>[0]>;

/** Coefficients that are constants. */
export interface FrozenCoefficients {
  /** The shape of the sets, which broadcasts to that of x; [] where all elements share one. */
  readonly sets: readonly number[];
  /** c_0 .. c_m of each set, one set after another; d_1 .. d_n likewise. */
  readonly c: readonly number[];
  readonly d: readonly number[];
}

/** F of x alone: of any shape that suits the sets, float32; differentiable by x. */
export type FrozenOp = (x: Tensor | TensorLike) => Tensor;

/** An activation with its coefficients fixed. The kernels are its own, and so is every value to the last bit. */
export function freezeOp(op: ActivationOp, { sets, c, d }: FrozenCoefficients): FrozenOp {
  const { m, n } = op.spec;
  // Made anew in each call: what is kept on a device would have to be disposed of, and to follow the backend.
  const coefficients = (values: readonly number[], length: number): Tensor =>
    tensor([...values], n === 0 && length === 0 ? [0] : [...sets, length], 'float32');
  return (x) => tidy(() => op(x, coefficients(c, m + 1), coefficients(d, n)));
}

/** A layer that applies F with fixed coefficients: it has no weights. The base of every frozen module's layer. */
export abstract class FrozenLayer extends layers.Layer {
  protected constructor(
    private readonly frozen: FrozenOp,
    args: FrozenLayerArgs = {},
  ) {
    super(args);
    this.supportsMasking = true;
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape | Shape[] {
    return inputShape;
  }

  override call(inputs: Tensor | Tensor[], kwargs: Parameters<layers.Layer['call']>[1]): Tensor {
    this.invokeCallHook(inputs, kwargs);
    return this.frozen(Array.isArray(inputs) ? inputs[0]! : inputs);
  }
}

export interface FrozenActivationArgs extends FrozenLayerArgs, FrozenCoefficients {
  /** The class of the layer that was frozen, such as `HermitePade5x4`: its module must have been imported. */
  readonly frozenClass: string;
}

/** What `freezeModel` puts in place of a generated layer. In a saved model it holds its coefficients in its config. */
export class FrozenActivation extends FrozenLayer {
  static readonly className = 'OpauFrozenActivation';
  private readonly config: Pick<FrozenActivationArgs, 'frozenClass' | 'sets' | 'c' | 'd'>;

  constructor({ frozenClass, sets, c, d, ...args }: FrozenActivationArgs) {
    const original = resolve<layers.Layer>('layer', { className: frozenClass, config: {} });
    if (!(original instanceof PadeLayer)) throw new Error(`FrozenActivation: ${frozenClass} is not a generated layer`);
    super(freezeOp(original.op, { sets, c, d }), args);
    this.config = { frozenClass, sets, c, d };
  }

  override getConfig(): serialization.ConfigDict {
    const { frozenClass, sets, c, d } = this.config;
    return { ...super.getConfig(), frozenClass, sets: [...sets], c: [...c], d: [...d] };
  }
}
serialization.registerClass(FrozenActivation);
