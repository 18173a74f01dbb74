/**
 * Makes the subset in data/ from the full Fashion-MNIST:
 *
 *     node dist/examples/fashion-mnist/make-subset.js SOURCE_DIR OUT_DIR
 *
 * SOURCE_DIR is /usr/share/datasets/fashion-mnist with Debian's dataset-fashion-mnist installed. The first 1,000
 * pictures of each class are kept for training and the first 200 for testing, in their original order.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { loadDataset } from './dataset.js';
import { formatIdx } from './idx.js';
import { CLASSES, type Pictures } from './pictures.js';

const PER_CLASS = { train: 1000, t10k: 200 } as const;

/** The numbers of the first `perClass` pictures of each class, in file order. */
export function firstOfEachClass(labels: Uint8Array, perClass: number): number[] {
  const taken = new Array<number>(CLASSES).fill(0);
  return Array.from(labels.keys()).filter((i) => taken[labels[i]!]!++ < perClass);
}

/** The subset's files by name, not yet packed. */
export function makeSubset(sourceFolder: string): Map<string, Uint8Array> {
  const { train, test, shape } = loadDataset(sourceFolder);
  const size = shape[0] * shape[1];
  const files = new Map<string, Uint8Array>();
  const add = (prefix: keyof typeof PER_CLASS, { labels, pixels }: Pictures): void => {
    const kept = firstOfEachClass(labels, PER_CLASS[prefix]);
    const pictures = Buffer.concat(kept.map((i) => pixels.subarray(i * size, (i + 1) * size)));
    files.set(`${prefix}-images-idx3-ubyte`, formatIdx([kept.length, shape[0], shape[1]], pictures));
    files.set(
      `${prefix}-labels-idx1-ubyte`,
      formatIdx(
        [kept.length],
        Uint8Array.from(kept, (i) => labels[i]!),
      ),
    );
  };
  add('train', train);
  add('t10k', test);
  return files;
}

/** gzip without time or system in its header: the same bytes from the same zlib, whenever and wherever. */
export function packReproducibly(bytes: Uint8Array): Buffer {
  const packed = gzipSync(bytes, { level: 9 });
  packed.fill(0, 4, 8);
  packed[9] = 255;
  return packed;
}

function main([source, out]: readonly string[]): void {
  if (source === undefined || out === undefined) throw new Error('usage: make-subset SOURCE_DIR OUT_DIR');
  mkdirSync(out, { recursive: true });
  for (const [name, bytes] of makeSubset(source)) {
    writeFileSync(join(out, `${name}.gz`), packReproducibly(bytes));
    console.log(`${createHash('sha256').update(bytes).digest('hex')}  ${name}`);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) main(process.argv.slice(2));
