import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CLASSES, type Pictures } from '../fashion-mnist/pictures.js';
import { loadDataset } from '../fashion-mnist/dataset.js';
import { firstOfEachClass, packReproducibly } from '../fashion-mnist/make-subset.js';

/** Pictures of each class: what a phone may load, 1 MB. */
export const PER_CLASS = { train: 200, test: 50 } as const;

/**
 * Fashion-MNIST for the page, by file name: `train.bin` and `test.bin` are gzip of the labels, one byte a picture, and then
 * the pictures of 28 x 28 bytes; class-balanced, the classes mixed as in the original. Under MIT licence, which goes along.
 */
export function pictureFiles(repository: string): ReadonlyMap<string, Uint8Array> {
  const folder = join(repository, 'examples/fashion-mnist/data');
  const { train, test } = loadDataset(folder);
  return new Map([
    ['fashion-mnist/train.bin', packReproducibly(cut(train, PER_CLASS.train))],
    ['fashion-mnist/test.bin', packReproducibly(cut(test, PER_CLASS.test))],
    ['fashion-mnist/LICENSE', readFileSync(join(folder, 'LICENSE'))],
  ]);
}

function cut({ count, pixels, labels }: Pictures, perClass: number): Uint8Array {
  const size = pixels.length / count;
  const kept = firstOfEachClass(labels, perClass);
  const bytes = new Uint8Array(CLASSES * perClass * (1 + size));
  kept.forEach((from, to) => {
    bytes[to] = labels[from]!;
    bytes.set(pixels.subarray(from * size, (from + 1) * size), kept.length + to * size);
  });
  return bytes;
}
