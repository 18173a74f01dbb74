import type { Coefficients } from '../shape/sliders.js';
import type { BackendName, Found } from './backends.js';
import type { DataName } from './data-names.js';

/** What the worker is asked to train. */
export interface Job {
  readonly data: DataName;
  readonly backend: BackendName;
  readonly seed: number;
  readonly learningRate: number;
  /** The emitted module without its types, and the class in it. */
  readonly javascript: string;
  readonly className: string;
  /** Where the layer starts; from its own fit where there are none. */
  readonly coefficients?: Coefficients;
  /** The folder of the pictures, as an address. */
  readonly pictures: string;
  /** Milliseconds between two frames, at the least. */
  readonly pause: number;
}

export type Order =
  { readonly kind: 'look' } | { readonly kind: 'start'; readonly job: Job } | { readonly kind: 'stop' };

/** The two nets, always in this order. */
export const NETS = ['generated', 'relu'] as const;

/** What can be shown of how a net sees its data. */
export type Picture =
  /** size x size probabilities of the second class, 0 to 255, the first row at the top. */
  | { readonly kind: 'regions'; readonly size: number; readonly values: Uint8ClampedArray }
  /** counts[label * 10 + answer] over the test pictures. */
  | { readonly kind: 'confusion'; readonly counts: readonly number[] };

export interface NetFrame {
  /** The mean over the steps since the frame before. */
  readonly loss: number;
  /** On data that it does not train on, 0 to 1; not in every frame. */
  readonly accuracy?: number;
  readonly picture?: Picture;
  /** The coefficients of each activation, for those that have any. */
  readonly layers: readonly Coefficients[];
  /** Of a training step, on the average. */
  readonly milliseconds: number;
}

export interface FrameOfTraining {
  readonly step: number;
  readonly steps: number;
  readonly nets: readonly NetFrame[];
}

/** A point of a two-dimensional set, and its class. */
export interface Sample {
  readonly x: number;
  readonly y: number;
  readonly label: 0 | 1;
}

export type News =
  | { readonly kind: 'found'; readonly backends: readonly Found[] }
  | { readonly kind: 'status'; readonly text: string }
  | { readonly kind: 'started'; readonly backend: BackendName; readonly samples: readonly Sample[] }
  | { readonly kind: 'frame'; readonly frame: FrameOfTraining }
  /** `tensors` are those that are left over: 0 where nothing leaked. */
  | { readonly kind: 'ended'; readonly complete: boolean; readonly tensors: number }
  | { readonly kind: 'failed'; readonly message: string };
