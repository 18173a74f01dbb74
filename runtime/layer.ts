import { serialization, tensor1d, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { layers, type LayerVariable, type Shape } from '@tensorflow/tfjs-layers';
import type { ActivationOp } from './activation.js';
import { Coefficients } from './coefficients.js';
import { resolve, serialise, type Identifier } from './identifiers.js';
import { projectOnRead } from './projected.js';

type Weight = Parameters<layers.Layer['addWeight']>;
type Initializer = NonNullable<Weight[3]>;
type Regularizer = NonNullable<Weight[4]>;
type Constraint = NonNullable<Weight[6]>;
type LayerArgs = NonNullable<ConstructorParameters<typeof layers.Layer>[0]>;

/** Arguments of every generated layer, besides those of tf.layers.Layer (`name`, `trainable`, `inputShape`, ...). */
export interface PadeLayerArgs extends LayerArgs {
  /** Initialisers; by default the coefficients fitted at generation, `spec.initial`. */
  numeratorInitializer?: Identifier<Initializer>;
  denominatorInitializer?: Identifier<Initializer>;
  numeratorRegularizer?: Identifier<Regularizer>;
  denominatorRegularizer?: Identifier<Regularizer>;
  numeratorConstraint?: Identifier<Constraint>;
  denominatorConstraint?: Identifier<Constraint>;
  /** Whether training moves this set of coefficients; `trainable: false` freezes both. Default true. */
  numeratorTrainable?: boolean;
  denominatorTrainable?: boolean;
}

/** One set of coefficients: what its weight is made from. */
interface Coefficient {
  readonly initializer: Initializer;
  readonly regularizer: Regularizer | undefined;
  readonly constraint: Constraint | undefined;
  readonly trainable: boolean;
}

/**
 * The base of every generated layer: elementwise F with weights `numerator` [m + 1] and `denominator` [n], shared by
 * all elements. Input and output have the same shape. A layer with n = 0 has no denominator weight.
 */
export abstract class PadeLayer extends layers.Layer {
  private readonly settings: { readonly numerator: Coefficient; readonly denominator: Coefficient };
  private numerator: LayerVariable | undefined;
  private denominator: LayerVariable | undefined;

  protected constructor(
    private readonly op: ActivationOp,
    args: PadeLayerArgs = {},
  ) {
    super(args);
    this.supportsMasking = true;
    const { c, d } = op.spec.initial;
    this.settings = {
      numerator: {
        initializer: resolve<Initializer>('initializer', args.numeratorInitializer) ?? fitted(c),
        regularizer: resolve<Regularizer>('regularizer', args.numeratorRegularizer),
        constraint: resolve<Constraint>('constraint', args.numeratorConstraint),
        trainable: args.numeratorTrainable ?? true,
      },
      denominator: {
        initializer: resolve<Initializer>('initializer', args.denominatorInitializer) ?? fitted(d),
        regularizer: resolve<Regularizer>('regularizer', args.denominatorRegularizer),
        constraint: resolve<Constraint>('constraint', args.denominatorConstraint),
        trainable: args.denominatorTrainable ?? true,
      },
    };
  }

  override build(inputShape: Shape | Shape[]): void {
    super.build(inputShape);
    const { m, n } = this.op.spec;
    const add = (name: string, length: number, from: Coefficient): LayerVariable => {
      const { initializer, regularizer, trainable, constraint } = from;
      const weight = this.addWeight(name, [length], 'float32', initializer, regularizer, trainable, constraint);
      return constraint === undefined ? weight : projectOnRead(weight, constraint);
    };
    this.numerator = add('numerator', m + 1, this.settings.numerator);
    if (n > 0) this.denominator = add('denominator', n, this.settings.denominator);
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape | Shape[] {
    return inputShape;
  }

  override call(inputs: Tensor | Tensor[], kwargs: Parameters<layers.Layer['call']>[1]): Tensor {
    return tidy(() => {
      this.invokeCallHook(inputs, kwargs);
      const x = Array.isArray(inputs) ? inputs[0]! : inputs;
      return this.op(x, this.numerator!.read(), this.denominator?.read() ?? tensor1d([], 'float32'));
    });
  }

  override getConfig(): serialization.ConfigDict {
    const { numerator, denominator } = this.settings;
    return {
      ...super.getConfig(),
      numeratorInitializer: serialise(numerator.initializer),
      denominatorInitializer: serialise(denominator.initializer),
      numeratorRegularizer: serialise(numerator.regularizer),
      denominatorRegularizer: serialise(denominator.regularizer),
      numeratorConstraint: serialise(numerator.constraint),
      denominatorConstraint: serialise(denominator.constraint),
      numeratorTrainable: numerator.trainable,
      denominatorTrainable: denominator.trainable,
    };
  }
}

const fitted = (values: readonly number[]): Initializer => new Coefficients({ values });
