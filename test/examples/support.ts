import { HermitePade5x4 } from '../../generated/hermite-5-4.js';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tfl from '@tensorflow/tfjs-layers';
import { onTestFinished } from 'vitest';
import type { Dataset } from '../../examples/fashion-mnist/dataset.js';
import { formatIdx } from '../../examples/fashion-mnist/idx.js';
import type { Io, Output } from '../../examples/fashion-mnist/io.js';
import type { ActivationChoice } from '../../examples/fashion-mnist/lenet.js';

/** A folder with these files, removed when the test is over. */
export function folderWith(files: Readonly<Record<string, Uint8Array | string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'opau-example-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

/** Streams that remember what was written, and a clock that stands still until it is set. */
export function fakeIo(terminal?: { readonly columns: number }) {
  const written = { stdout: '', stderr: '' };
  const clock = { milliseconds: 0 };
  const output = (name: 'stdout' | 'stderr'): Output => ({
    write: (text: string) => void (written[name] += text),
    ...(terminal === undefined ? {} : { isTTY: true, columns: terminal.columns }),
  });
  const io: Io = { stdout: output('stdout'), stderr: output('stderr'), env: {}, now: () => clock.milliseconds };
  return { io, written, clock };
}

/** `count` pictures of 28 x 28, labelled 0 .. 9 in turn, each a bright bar whose place tells the class. */
export function bars(count: number): { pixels: Uint8Array; labels: Uint8Array; count: number } {
  const pixels = new Uint8Array(count * 784);
  const labels = Uint8Array.from({ length: count }, (_, i) => i % 10);
  labels.forEach((label, i) => {
    for (let row = 0; row < 28; row++)
      pixels.fill(200 + (i % 7), i * 784 + row * 28 + 2 * label + 3, i * 784 + row * 28 + 2 * label + 6);
  });
  return { pixels, labels, count };
}

export const tinyDataset = (train: number, test: number): Dataset => ({
  format: 'bars',
  shape: [28, 28, 1],
  train: bars(train),
  test: bars(test),
});

/** The same as IDX files. */
export function idxFiles(train: number, test: number): Record<string, Uint8Array> {
  const part = (prefix: string, count: number): Record<string, Uint8Array> => ({
    [`${prefix}-images-idx3-ubyte`]: formatIdx([count, 28, 28], bars(count).pixels),
    [`${prefix}-labels-idx1-ubyte`]: formatIdx([count], bars(count).labels),
  });
  return { ...part('train', train), ...part('t10k', test) };
}

export const relu: ActivationChoice = { label: 'ReLU', create: (name) => tfl.layers.reLU({ name }) };

/** Stands in for a generated layer: it has something to train. */
export const prelu: ActivationChoice = {
  label: 'PReLU',
  create: (name) => tfl.layers.prelu({ name, sharedAxes: name < 'activation3' ? [1, 2, 3] : [1] }),
  target: { label: 'max(x, 0)', evaluate: (x) => Math.max(x, 0) },
};

export const hermite: ActivationChoice = { label: 'Hermite', create: (name) => new HermitePade5x4({ name }) };
