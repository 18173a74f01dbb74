import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { loadDataset } from '../../examples/fashion-mnist/dataset.js';
import { formatIdx } from '../../examples/fashion-mnist/idx.js';
import { makeSubset, packReproducibly } from '../../examples/fashion-mnist/make-subset.js';
import { folderWith, idxFiles } from './support.js';

const COMMITTED = new URL('../../examples/fashion-mnist/data/', import.meta.url).pathname;
const DEBIAN = '/usr/share/datasets/fashion-mnist';

describe('the committed subset', () => {
  test('holds 1,000 training and 200 test pictures of each class', () => {
    const { train, test: held, shape } = loadDataset(COMMITTED);
    const perClass = (labels: Uint8Array): number[] =>
      Array.from({ length: 10 }, (_, c) => labels.filter((label) => label === c).length);
    expect(shape).toEqual([28, 28, 1]);
    expect(perClass(train.labels)).toEqual(Array(10).fill(1000));
    expect(perClass(held.labels)).toEqual(Array(10).fill(200));
  });

  const stated = [...readFileSync(`${COMMITTED}ORIGIN.md`, 'utf8').matchAll(/^ {4}([0-9a-f]{64}) {2}(\S+)$/gm)];

  test('is what ORIGIN.md says', () => {
    expect(stated).toHaveLength(4);
    for (const [, sum, name] of stated) expect(sha256(gunzipSync(readFileSync(`${COMMITTED}${name}.gz`)))).toBe(sum);
  });

  test.skipIf(!existsSync(DEBIAN))("is made from Debian's files by make-subset", () => {
    const files = makeSubset(DEBIAN);
    expect(stated.map(([, sum, name]) => [name, sum])).toEqual(
      [...files].map(([name, bytes]) => [name, sha256(bytes)]),
    );
  });
});

test('packing leaves no time and no system in the header', () => {
  const packed = packReproducibly(Uint8Array.from([1, 2, 3]));
  expect([...packed.subarray(4, 8), packed[9]]).toEqual([0, 0, 0, 0, 255]);
  expect([...gunzipSync(packed)]).toEqual([1, 2, 3]);
});

describe('a data directory', () => {
  const sound = idxFiles(20, 10);

  test('of plain or packed IDX files is read alike', () => {
    const packed = Object.fromEntries(Object.entries(sound).map(([name, bytes]) => [`${name}.gz`, gzipSync(bytes)]));
    const plain = loadDataset(folderWith(sound));
    expect(loadDataset(folderWith(packed))).toEqual(plain);
    expect([plain.train.count, plain.test.count]).toEqual([20, 10]);
  });

  test('of CIFAR-10 files is read in the order of the batches', () => {
    const batches = [1, 2, 3, 4, 5].map((i) => [`data_batch_${i}.bin`, Uint8Array.from({ length: 3073 }, () => i)]);
    const { train, shape } = loadDataset(
      folderWith({ ...Object.fromEntries(batches), 'test_batch.bin': new Uint8Array(3073) }),
    );
    expect(shape).toEqual([32, 32, 3]);
    expect([...train.labels]).toEqual([1, 2, 3, 4, 5]);
    expect(train.pixels[2 * 3072]).toBe(3);
  });

  const replaced = (name: string, bytes: Uint8Array | string): Record<string, Uint8Array | string> => ({
    ...sound,
    [name]: bytes,
  });
  const without = (name: string) => Object.fromEntries(Object.entries(sound).filter(([key]) => key !== name));
  const packed = gzipSync(sound['t10k-images-idx3-ubyte']!);
  test.each([
    [
      'with nothing in it',
      {},
      /: no data set found; wanted are train-images-idx3-ubyte\[\.gz\] .* or data_batch_1\.bin .*$/,
    ],
    ['with one file missing', without('t10k-labels-idx1-ubyte'), /: t10k-labels-idx1-ubyte is missing$/],
    [
      'with too few labels',
      replaced('train-labels-idx1-ubyte', formatIdx([3], new Uint8Array(3))),
      /train-labels-idx1-ubyte: 3 labels for the 20 pictures in train-images-idx3-ubyte$/,
    ],
    [
      'with pictures of another size',
      replaced('train-images-idx3-ubyte', formatIdx([20, 2, 2], new Uint8Array(80))),
      /train-images-idx3-ubyte: pictures of 2 x 2, this LeNet takes 28 x 28 or 32 x 32$/,
    ],
    [
      'with a truncated gzip file',
      { ...without('t10k-images-idx3-ubyte'), 't10k-images-idx3-ubyte.gz': packed.subarray(0, packed.length - 20) },
      /t10k-images-idx3-ubyte\.gz: the gzip file is truncated$/,
    ],
    [
      'with a gzip file that is none',
      { ...without('t10k-images-idx3-ubyte'), 't10k-images-idx3-ubyte.gz': '<html>not found</html>' },
      /t10k-images-idx3-ubyte\.gz: not a sound gzip file$/,
    ],
    ['with one CIFAR-10 file of six', { 'data_batch_1.bin': new Uint8Array(3073) }, /: data_batch_2\.bin is missing$/],
  ])('%s', (_, files, message) => {
    expect(() => loadDataset(folderWith(files))).toThrow(message);
  });

  test('that is not there or is a file', () => {
    expect(() => loadDataset('/no/such/folder')).toThrow('/no/such/folder: no such data directory');
    expect(() => loadDataset(`${COMMITTED}LICENSE`)).toThrow(/LICENSE: not a directory$/);
  });
});

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
