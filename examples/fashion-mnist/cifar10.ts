import type { FoundFile } from './files.js';
import { UserError } from './user-error.js';

/** CIFAR-10's official binary layout: a label byte, then 1,024 red, 1,024 green and 1,024 blue bytes, row by row. */
const SIDE = 32;
const PLANE = SIDE * SIDE;
const CHANNELS = 3;
const RECORD = 1 + CHANNELS * PLANE;
const CLASSES = 10;

export interface CifarBatch {
  readonly count: number;
  /** Height, width, channel, the channel fastest: the order that tfjs wants. */
  readonly pixels: Uint8Array;
  readonly labels: Uint8Array;
}

export function parseCifarBatch({ path, bytes }: FoundFile): CifarBatch {
  if (bytes.length === 0) throw new UserError(`${path}: empty`);
  if (bytes.length % RECORD !== 0) {
    throw new UserError(
      `${path}: truncated or no CIFAR-10 binary file, ` +
        `${bytes.length} bytes are not a whole number of ${RECORD}-byte records`,
    );
  }
  const count = bytes.length / RECORD;
  const pixels = new Uint8Array(count * CHANNELS * PLANE);
  const labels = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    const label = bytes[i * RECORD]!;
    if (label >= CLASSES) {
      throw new UserError(
        `${path}: label ${label} of record ${i}, labels go from 0 to ${CLASSES - 1}: no CIFAR-10 binary file`,
      );
    }
    labels[i] = label;
    interleave(bytes, i * RECORD + 1, pixels, i * CHANNELS * PLANE);
  }
  return { count, pixels, labels };
}

function interleave(planes: Uint8Array, from: number, pixels: Uint8Array, to: number): void {
  for (let channel = 0; channel < CHANNELS; channel++) {
    for (let p = 0; p < PLANE; p++) pixels[to + p * CHANNELS + channel] = planes[from + channel * PLANE + p]!;
  }
}
