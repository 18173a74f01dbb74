import {
  concat,
  engine,
  reshape,
  split,
  tidy,
  variable,
  zerosLike,
  type NamedTensorMap,
  type Optimizer,
  type Tensor,
  type Variable,
} from '@tensorflow/tfjs-core';

/** tfjs does not export it by name. */
export type NamedTensor = Exclude<Parameters<Optimizer['applyGradients']>[0], NamedTensorMap>[number];

/** Optimisers that treat each number by itself, so that it makes no difference which tensor it is in. */
const ELEMENTWISE = new Set(['SGD', 'Momentum', 'Adagrad', 'Adadelta', 'Adam', 'Adamax', 'RMSProp']);

/** What names the vectors in an optimiser's saved state. */
const PREFIX = 'OpauCoefficients';

/** What tfjs has for a variable that the loss does not depend on, though its types do not say so. */
const NONE = null as unknown as Tensor;

/** Small variables as one vector. */
interface Joined {
  readonly names: readonly string[];
  readonly vector: Variable;
}

/**
 * Lets an optimiser take one step for many small variables. An optimiser runs a dozen ops for each variable, and tfjs takes
 * longer to start an op than to update a handful of coefficients. Values, and the optimiser's state of each, are as if each
 * variable were by itself.
 */
export class JoinedVariables {
  /** A variable stays in the vector it was first put into: optimisers know a variable by its place in the list. */
  private readonly joined: Joined[] = [];
  private readonly known = new Set<string>();
  private isOff: boolean;

  constructor(optimizer: Optimizer) {
    this.isOff = !ELEMENTWISE.has(optimizer.getClassName());
  }

  /** State that was saved of an optimiser has to be looked at before: it may know each variable by itself. */
  follow(state: readonly NamedTensor[]): void {
    const moments = state.filter(({ name }) => name !== 'iter');
    if (moments.length > 0 && !moments[0]!.name.startsWith(PREFIX)) this.isOff = true;
  }

  /**
   * Calls `step` with a gradient for each vector, and gives the variables their parts of what it makes of them. A variable
   * without a gradient keeps its value; where others of its vector have one, its state goes on as if it were 0.
   */
  apply(gradients: readonly NamedTensor[], step: (gradients: NamedTensor[]) => void): void {
    if (this.isOff || gradients.length === 0) return step([...gradients]);
    const present = new Map(gradients.filter(({ tensor }) => tensor != null).map(({ name, tensor }) => [name, tensor]));
    tidy(() => {
      this.join(gradients.map(({ name }) => name).filter((name) => !this.known.has(name)));
      // Of the others a model may have been disposed.
      const active = this.joined.filter(({ names }) => names.some((name) => present.has(name)));
      active.forEach(({ names, vector }) => vector.assign(flat(names.map(variableOf))));
      step(
        this.joined.map((one) => ({
          name: one.vector.name,
          tensor: active.includes(one)
            ? flat(one.names.map((name) => present.get(name) ?? zerosLike(variableOf(name))))
            : NONE,
        })),
      );
      for (const { names, vector } of active) {
        const members = names.map(variableOf);
        const sizes = members.map(({ size }) => size);
        split(vector as unknown as Tensor, sizes).forEach((part, i) => {
          if (present.has(names[i]!)) members[i]!.assign(shaped(part, members[i]!.shape));
        });
      }
    });
  }

  dispose(): void {
    this.joined.forEach(({ vector }) => vector.dispose());
  }

  private join(names: readonly string[]): void {
    if (names.length === 0) return;
    this.joined.push({ names, vector: variable(flat(names.map(variableOf)), false, uniqueName()) });
    names.forEach((name) => this.known.add(name));
  }
}

const variableOf = (name: string): Variable => engine().registeredVariables[name]!;

/** Side by side. */
const flat = (tensors: readonly Tensor[]): Tensor => concat(tensors.map((tensor) => shaped(tensor, [tensor.size])));

/** Mostly they are vectors already, and a reshape would be one more op. */
const shaped = (tensor: Tensor, shape: number[]): Tensor =>
  tensor.rank === 1 && shape.length === 1 ? tensor : reshape(tensor, shape);

function uniqueName(): string {
  const taken = engine().registeredVariables;
  let count = 0;
  while (`${PREFIX}${count}` in taken) count++;
  return `${PREFIX}${count}`;
}
