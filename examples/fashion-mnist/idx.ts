import type { FoundFile } from './files.js';
import { UserError } from './user-error.js';

/**
 * IDX, the format of MNIST and Fashion-MNIST: a big-endian magic number 0x0000 08 <dimensions> (08 = unsigned
 * byte), one 32-bit size a dimension, then the bytes, last dimension fastest.
 */
const PICTURES = 0x00000803;
const LABELS = 0x00000801;

export interface IdxPictures {
  readonly count: number;
  readonly height: number;
  readonly width: number;
  readonly pixels: Uint8Array;
}

export function parseIdxPictures(file: FoundFile): IdxPictures {
  const [count, height, width] = readHeader(file, PICTURES, 3, 'picture') as [number, number, number];
  const pixels = readBody(file, 3, count * height * width, `${count} pictures of ${height} x ${width}`);
  if (count === 0) throw new UserError(`${file.path}: holds no pictures`);
  return { count, height, width, pixels };
}

/** Labels, each checked to lie in 0 .. classes - 1. */
export function parseIdxLabels(file: FoundFile, classes: number): Uint8Array {
  const [count] = readHeader(file, LABELS, 1, 'label') as [number];
  const labels = readBody(file, 1, count, `${count} labels`);
  const wrong = labels.findIndex((label) => label >= classes);
  if (wrong >= 0)
    throw new UserError(`${file.path}: label ${labels[wrong]} of item ${wrong}, labels go from 0 to ${classes - 1}`);
  return labels;
}

function readHeader({ path, bytes }: FoundFile, magic: number, dimensions: number, kind: string): number[] {
  const length = 4 + 4 * dimensions;
  if (bytes.length < length) {
    throw new UserError(`${path}: truncated, ${bytes.length} bytes are too few for an IDX ${kind} header of ${length}`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const found = view.getUint32(0);
  if (found !== magic) {
    throw new UserError(
      `${path}: not an IDX ${kind} file, its first four bytes are ${hex(found)} and not ${hex(magic)}`,
    );
  }
  return Array.from({ length: dimensions }, (_, i) => view.getUint32(4 + 4 * i));
}

function readBody({ path, bytes }: FoundFile, dimensions: number, expected: number, what: string): Uint8Array {
  const start = 4 + 4 * dimensions;
  const found = bytes.length - start;
  if (found === expected) return bytes.subarray(start);
  const fault = found < expected ? 'truncated' : 'too long';
  throw new UserError(`${path}: ${fault}, its header promises ${what} = ${expected} bytes and ${found} follow`);
}

const hex = (value: number): string => `0x${value.toString(16).padStart(8, '0')}`;

/** The inverse of parseIdxPictures and parseIdxLabels: an IDX file of unsigned bytes with these dimensions. */
export function formatIdx(dimensions: readonly number[], body: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(4 + 4 * dimensions.length + body.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x0800 + dimensions.length);
  dimensions.forEach((size, i) => view.setUint32(4 + 4 * i, size));
  bytes.set(body, 4 + 4 * dimensions.length);
  return bytes;
}
