import {
  dispose,
  engine,
  mul,
  Optimizer,
  serialization,
  tidy,
  type NamedTensorMap,
  type Variable,
} from '@tensorflow/tfjs-core';
import { clipByGlobalNorm } from './clip.js';
import { JoinedVariables, type NamedTensor } from './joined.js';
import { holdsCoefficients } from '../coefficient-mark.js';
import { resolve, serialise, type SerializedObject } from '../identifiers.js';

/** How one group of weights is trained. */
export interface GroupOptions {
  /** The group's gradients are scaled down together where their common Euclidean norm is above this. */
  readonly clipNorm?: number;
  /**
   * Decoupled (AdamW, arXiv 1711.05101): in each step weights shrink by this times the learning rate. Default 0. Of the
   * weights that are not coefficients only those with two dimensions or more: kernels, not biases or scales.
   */
  readonly weightDecay?: number;
}

export interface CoefficientOptions extends GroupOptions {
  /** For an optimiser of the same kind as the other weights have; by default it has the same learning rate too. */
  readonly learningRate?: number;
  /** Instead of `learningRate`: an optimiser for the coefficients alone. It is disposed with the whole. */
  readonly optimizer?: Optimizer;
  /** Default 5; Infinity turns it off. */
  readonly clipNorm?: number;
}

export interface CoefficientOptimizerOptions extends GroupOptions {
  readonly coefficients?: CoefficientOptions;
}

/** What serialises: numbers, and null for no clipping (JSON has no Infinity). */
interface Group {
  readonly optimizer: Optimizer;
  readonly clipNorm: number | null;
  readonly weightDecay: number;
}

export const DEFAULT_CLIP_NORM = 5;

/**
 * An optimiser that trains the coefficients of generated layers apart from all other weights, by the recipe published
 * for rational networks: a learning rate of their own, no weight decay, gradients clipped at norm 5. Coefficients are
 * known by the layers that made them, not by name, so that it suits any model and any number of them; the optimiser takes one
 * step for all of them together.
 *
 *     model.compile({ loss, optimizer: coefficientOptimizer(tf.train.adam(1e-3), { coefficients: { learningRate: 1e-2 } }) });
 *
 * It owns `base`: dispose of the whole, not of the parts. Saved with a model (`includeOptimizer: true`) it comes back
 * with both states. Throws an Error that quotes an option that does not hold.
 */
export function coefficientOptimizer(base: Optimizer, options: CoefficientOptimizerOptions = {}): CoefficientOptimizer {
  const { learningRate, optimizer, clipNorm = DEFAULT_CLIP_NORM, ...own } = options.coefficients ?? {};
  if (learningRate !== undefined && optimizer !== undefined)
    throw new Error('coefficientOptimizer: give either coefficients.learningRate or coefficients.optimizer, not both');
  if (optimizer === base)
    throw new Error('coefficientOptimizer: coefficients.optimizer is the base itself, but must be one of its own');
  checkPositive('coefficients.learningRate', learningRate);
  return new CoefficientOptimizer(
    group('', base, options),
    group('coefficients.', optimizer ?? alike(base, learningRate), { ...own, clipNorm }),
  );
}

/** See `coefficientOptimizer`, which makes it. */
export class CoefficientOptimizer extends Optimizer {
  static readonly className = 'OpauCoefficientOptimizer';
  /** What trains the other weights, and what trains coefficients. */
  readonly base: Optimizer;
  readonly coefficients: Optimizer;
  private readonly joined: JoinedVariables;

  constructor(
    private readonly others: Group,
    private readonly own: Group,
  ) {
    super();
    this.base = others.optimizer;
    this.coefficients = own.optimizer;
    this.joined = new JoinedVariables(own.optimizer);
  }

  override applyGradients(gradients: NamedTensorMap | NamedTensor[]): void {
    const all = Array.isArray(gradients)
      ? gradients
      : Object.entries(gradients).map(([name, tensor]) => ({ name, tensor }));
    const isOwn = ({ name }: NamedTensor): boolean => holdsCoefficients(variable(name));
    step(
      this.others,
      all.filter((g) => !isOwn(g)),
      (v) => v.rank > 1,
    );
    this.joined.apply(all.filter(isOwn), (gradients) => step(this.own, gradients, () => true));
    this.incrementIterations();
  }

  override dispose(): void {
    this.base.dispose();
    this.coefficients.dispose();
    this.joined.dispose();
  }

  override async getWeights(): Promise<NamedTensor[]> {
    const [others, own] = [await this.base.getWeights(), await this.coefficients.getWeights()];
    return [...prefixed('others/', others), ...prefixed('coefficients/', own)];
  }

  override async setWeights(values: NamedTensor[]): Promise<void> {
    await this.base.setWeights(unprefixed('others/', values));
    const own = unprefixed('coefficients/', values);
    this.joined.follow(own);
    await this.coefficients.setWeights(own);
    this.iterations_ = this.base.iterations;
  }

  override getConfig(): serialization.ConfigDict {
    return { others: groupConfig(this.others), coefficients: groupConfig(this.own) };
  }

  static override fromConfig<T extends serialization.Serializable>(
    cls: serialization.SerializableConstructor<T>,
    config: serialization.ConfigDict,
  ): T {
    return new cls(groupFrom(config['others'] as GroupConfig), groupFrom(config['coefficients'] as GroupConfig));
  }
}
serialization.registerClass(CoefficientOptimizer);

interface GroupConfig extends serialization.ConfigDict {
  optimizer: SerializedObject & serialization.ConfigDict;
  clipNorm: number | null;
  weightDecay: number;
}

const groupConfig = ({ optimizer, clipNorm, weightDecay }: Group): serialization.ConfigDict => ({
  optimizer: serialise(optimizer),
  clipNorm,
  weightDecay,
});

const groupFrom = ({ optimizer, clipNorm, weightDecay }: GroupConfig): Group => ({
  optimizer: resolve<Optimizer>('optimizer', optimizer)!,
  clipNorm,
  weightDecay,
});

function group(path: string, optimizer: Optimizer, { clipNorm = Infinity, weightDecay = 0 }: GroupOptions): Group {
  checkPositive(`${path}clipNorm`, clipNorm);
  if (!(weightDecay >= 0 && weightDecay < Infinity))
    throw new Error(
      `coefficientOptimizer: ${path}weightDecay is ${weightDecay}, but must be a number that is not negative`,
    );
  if (weightDecay > 0) learningRateOf(optimizer);
  return { optimizer, clipNorm: clipNorm === Infinity ? null : clipNorm, weightDecay };
}

function checkPositive(name: string, value: number | undefined): void {
  if (value === undefined || value > 0) return;
  throw new Error(`coefficientOptimizer: ${name} is ${value}, but must be above 0`);
}

/** An optimiser of the same class and settings. */
function alike(base: Optimizer, learningRate: number | undefined): Optimizer {
  const config = base.getConfig();
  return resolve<Optimizer>('optimizer', {
    className: base.getClassName(),
    config: learningRate === undefined ? config : { ...config, learningRate },
  })!;
}

/** As it is now: schedules change it between steps. */
function learningRateOf(optimizer: Optimizer): number {
  const { learningRate } = optimizer.getConfig();
  if (typeof learningRate === 'number') return learningRate;
  throw new Error(`coefficientOptimizer: weight decay needs a learning rate, and ${optimizer.getClassName()} has none`);
}

const variable = (name: string): Variable => engine().registeredVariables[name]!;

/** `all` goes to the optimiser in its full length: tfjs's optimisers know variables by their place in it. */
function step(
  { optimizer, clipNorm, weightDecay }: Group,
  all: NamedTensor[],
  decays: (variable: Variable) => boolean,
): void {
  if (all.length === 0) return;
  // A variable that the loss does not depend on has no gradient.
  const present = all.filter(({ tensor }) => tensor != null);
  if (weightDecay > 0) {
    const kept = 1 - learningRateOf(optimizer) * weightDecay;
    const shrinking = present.map(({ name }) => variable(name)).filter(decays);
    tidy(() => shrinking.forEach((value) => value.assign(mul(value, kept))));
  }
  if (clipNorm === null) return optimizer.applyGradients(all);
  const clipped = tidy(() =>
    clipByGlobalNorm(
      present.map(({ tensor }) => tensor),
      clipNorm,
    ),
  );
  const byName = new Map(present.map(({ name }, i) => [name, clipped[i]!]));
  optimizer.applyGradients(all.map(({ name, tensor }) => ({ name, tensor: byName.get(name) ?? tensor })));
  dispose(clipped);
}

const prefixed = (prefix: string, values: readonly NamedTensor[]): NamedTensor[] =>
  values.map(({ name, tensor }) => ({ name: prefix + name, tensor }));

const unprefixed = (prefix: string, values: readonly NamedTensor[]): NamedTensor[] =>
  values
    .filter(({ name }) => name.startsWith(prefix))
    .map(({ name, tensor }) => ({ name: name.slice(prefix.length), tensor }));
