import { reshape, serialization, tensor1d, tidy, type Tensor, type Variable } from '@tensorflow/tfjs-core';
import { InputSpec, layers, type LayerVariable, type Shape } from '@tensorflow/tfjs-layers';
import type { ActivationOp } from './activation.js';
import { markCoefficients } from './coefficient-mark.js';
import { Coefficients } from './coefficients.js';
import { resolve, serialise, type Identifier } from './identifiers.js';
import { projectOnRead } from './projected.js';
import { checkSharing, planSharing, type SharingArgs, type SharingPlan } from './sharing.js';

type Weight = Parameters<layers.Layer['addWeight']>;
type Initializer = NonNullable<Weight[3]>;
type Regularizer = NonNullable<Weight[4]>;
type Constraint = NonNullable<Weight[6]>;
type LayerArgs = NonNullable<ConstructorParameters<typeof layers.Layer>[0]>;

/** Arguments of every generated layer, besides those of tf.layers.Layer (`name`, `trainable`, `inputShape`, ...). */
export interface PadeLayerArgs extends LayerArgs, SharingArgs {
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
 * The base of every generated layer: elementwise F with weights `numerator` [..., m + 1] and `denominator` [..., n]. By
 * default all elements share one set of coefficients, [m + 1] and [n]; with `sharing: 'channel'` there are as many as
 * channels, [C, m + 1], with groups [g, m + 1], and with `sharedAxes` the shape of tf.layers.prelu's alpha stands before
 * the last dimension. Input and output have the same shape. A layer with n = 0 has no denominator weight.
 */
export abstract class PadeLayer extends layers.Layer {
  private readonly settings: { readonly numerator: Coefficient; readonly denominator: Coefficient };
  private readonly sharing: SharingArgs;
  private plan: SharingPlan | undefined;
  /** The weights, once the layer is built; a layer with n = 0 has no `denominator`. */
  numerator: LayerVariable | undefined;
  denominator: LayerVariable | undefined;

  protected constructor(
    /** F itself, and what it was generated from: `op.spec`. */
    readonly op: ActivationOp,
    args: PadeLayerArgs = {},
  ) {
    super(args);
    this.supportsMasking = true;
    this.sharing = {
      ...(args.sharing === undefined ? {} : { sharing: args.sharing }),
      ...(args.sharedAxes === undefined ? {} : { sharedAxes: args.sharedAxes }),
    };
    checkSharing(this.name, this.sharing);
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
    const shape = (Array.isArray(inputShape[0]) ? inputShape[0] : inputShape) as Shape;
    const { m, n } = this.op.spec;
    const plan = planSharing(this.name, this.sharing, shape);
    this.plan = plan;
    if (plan.sets.length > 0) this.inputSpec = [new InputSpec({ ndim: shape.length, axes: { ...plan.axes } })];
    const add = (name: string, length: number, from: Coefficient): LayerVariable => {
      const { initializer, regularizer, trainable, constraint } = from;
      const weight = this.addWeight(
        name,
        [...plan.sets, length],
        'float32',
        initializer,
        regularizer,
        trainable,
        constraint,
      );
      markCoefficients(weight.read() as Variable);
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
      const { input, sets } = this.plan!.split(x.shape);
      const weight = (variable: LayerVariable): Tensor => {
        const value = variable.read();
        return shaped(value, [...sets, value.shape.at(-1)!]);
      };
      const d = this.denominator === undefined ? tensor1d([], 'float32') : weight(this.denominator);
      return shaped(this.op(shaped(x, input), weight(this.numerator!), d), x.shape);
    });
  }

  override getConfig(): serialization.ConfigDict {
    const { numerator, denominator } = this.settings;
    return {
      ...super.getConfig(),
      ...(this.sharing as serialization.ConfigDict),
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

/** A tensor in a shape; the tensor itself where it has that already: tfjs keeps what it reshapes for the gradient. */
const shaped = (x: Tensor, shape: readonly number[]): Tensor =>
  x.shape.length === shape.length && shape.every((side, axis) => side === x.shape[axis]) ? x : reshape(x, [...shape]);

const fitted = (values: readonly number[]): Initializer => new Coefficients({ values });
