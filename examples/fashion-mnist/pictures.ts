export const CLASSES = 10;

/** Height, width, channels. */
export type Shape = readonly [number, number, number];

/** Pictures as bytes, the channel fastest, and one label each. */
export interface Pictures {
  readonly count: number;
  readonly pixels: Uint8Array;
  readonly labels: Uint8Array;
}
