/** What `recordActivations` records: plain data that JSON holds. Numbers that are not finite become null there. */
export interface Recording {
  /** Where functions are sampled, and the centres of the cells in which inputs are counted: equally spaced. */
  readonly grid: readonly number[];
  /** When; `frames` of each layer go along with it. The first is before training. */
  readonly moments: readonly Moment[];
  readonly layers: readonly RecordedLayer[];
}

export interface Moment {
  /** Epochs and batches of training done. Epochs need not be whole. */
  readonly epoch: number;
  readonly step: number;
  /** Loss and metrics, where they were known at this moment. */
  readonly logs?: Readonly<Record<string, number>>;
}

export interface RecordedLayer {
  /** Through nested models: `encoder/dense_1_activation`. */
  readonly path: string;
  readonly className: string;
  readonly basis: string;
  readonly m: number;
  readonly n: number;
  readonly denominator: string;
  /** What the initial coefficients were fitted to, and where. */
  readonly target: string;
  readonly interval: readonly [number, number];
  /** How many sets of coefficients the layer has; 1 where all elements share one. */
  readonly sets: number;
  /** The sets that `values` has: all of them, or some evenly among many. */
  readonly sampled: readonly number[];
  readonly frames: readonly Frame[];
}

/** One layer at one moment. */
export interface Frame {
  /** c_0 .. c_m of each set. */
  readonly numerator: readonly (readonly number[])[];
  /** d_1 .. d_n of each set. */
  readonly denominator: readonly (readonly number[])[];
  /** F on the grid, of each sampled set. */
  readonly values: readonly (readonly number[])[];
  /** What reached the layer from the probe. */
  readonly inputs: InputHistogram;
}

/** Parts of all inputs: those in cells, and beyond them, add up to 1. */
export interface InputHistogram {
  /** One a grid point. */
  readonly cells: readonly number[];
  readonly below: number;
  readonly above: number;
  readonly notFinite: number;
  /** Of the finite inputs, also those beyond the cells; 0 where there are none. */
  readonly mean: number;
  readonly deviation: number;
}
