import type { Shape } from '@tensorflow/tfjs-layers';

/**
 * Which elements of a layer's input use the same coefficients: all of them; those of one channel (of the last axis); or
 * those of one of `groups` equal groups of neighbouring channels.
 */
export type Sharing = 'layer' | 'channel' | { readonly groups: number };

export interface SharingArgs {
  /** Default `'layer'`. */
  readonly sharing?: Sharing;
  /**
   * Instead of `sharing`: the axes along which coefficients are shared, counted from 1 as in tf.layers.prelu (the batch
   * is axis 0, and always shares). All others have coefficients of their own.
   */
  readonly sharedAxes?: number | readonly number[];
}

/** How a layer's weights lie, for one input shape. */
export interface SharingPlan {
  /** What stands before the last dimension of a weight. */
  readonly sets: readonly number[];
  /** Sides that the layer depends on: the input must have them in every call. */
  readonly axes: Readonly<Record<number, number>>;
  /** The shape that an input is given, and the one of the weights' leading dimensions, for the op to broadcast. */
  split(shape: readonly number[]): { readonly input: readonly number[]; readonly sets: readonly number[] };
}

/** Throws an Error that quotes what is wrong, before any input is known. */
export function checkSharing(layer: string, { sharing = 'layer', sharedAxes }: SharingArgs): void {
  if (sharedAxes !== undefined) {
    if (sharing !== 'layer') throw new Error(`${layer}: give either sharing or sharedAxes, not both`);
    const wrong = asList(sharedAxes).find((axis) => !Number.isInteger(axis) || axis < 1);
    if (wrong === undefined) return;
    throw new Error(
      `${layer}: sharedAxes holds ${wrong}, but axes are counted from 1; the batch, axis 0, always shares`,
    );
  }
  if (sharing === 'layer' || sharing === 'channel') return;
  const groups = typeof sharing === 'object' ? sharing?.groups : undefined;
  if (Number.isInteger(groups) && groups! > 0) return;
  throw new Error(
    `${layer}: sharing is ${JSON.stringify(sharing)}, but must be 'layer', 'channel' or { groups: a positive integer }`,
  );
}

/** The plan for inputs of a shape, whose first side is the batch. Throws where the sides that it needs are not known. */
export function planSharing(layer: string, { sharing = 'layer', sharedAxes }: SharingArgs, shape: Shape): SharingPlan {
  if (sharedAxes !== undefined) return byAxes(layer, asList(sharedAxes), shape);
  if (sharing === 'layer') return { sets: [], axes: {}, split: (input) => ({ input, sets: [] }) };
  const last = shape.length - 1;
  const channels = known(layer, shape, last);
  const axes = { [last]: channels };
  if (sharing === 'channel') return { sets: [channels], axes, split: (input) => ({ input, sets: [channels] }) };
  const { groups } = sharing;
  if (channels % groups !== 0)
    throw new Error(`${layer}: ${channels} channels cannot be divided into ${groups} groups`);
  return {
    sets: [groups],
    axes,
    split: (input) => ({ input: [...input.slice(0, -1), groups, channels / groups], sets: [groups, 1] }),
  };
}

function byAxes(layer: string, shared: readonly number[], shape: Shape): SharingPlan {
  const beyond = shared.find((axis) => axis >= shape.length);
  if (beyond !== undefined) {
    throw new Error(`${layer}: sharedAxes holds ${beyond}, but the input has axes 1 to ${shape.length - 1} only`);
  }
  const own = shape.flatMap((_, axis) => (axis === 0 || shared.includes(axis) ? [] : [axis]));
  const axes = Object.fromEntries(own.map((axis) => [axis, known(layer, shape, axis)]));
  const sets = shape.slice(1).map((_, i) => axes[i + 1] ?? 1);
  return { sets, axes, split: (input) => ({ input, sets }) };
}

function known(layer: string, shape: Shape, axis: number): number {
  const side = shape[axis];
  if (axis > 0 && side !== null && side !== undefined) return side;
  throw new Error(
    `${layer}: axis ${axis} has coefficients of its own, so its size must be known, but the input shape is ` +
      `[${shape.join(', ')}]`,
  );
}

const asList = (axes: number | readonly number[]): readonly number[] => (typeof axes === 'number' ? [axes] : axes);
