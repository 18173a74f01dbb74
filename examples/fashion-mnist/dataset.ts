import { existsSync, statSync } from 'node:fs';
import { parseCifarBatch, type CifarBatch } from './cifar10.js';
import { readMaybeGzip, type FoundFile } from './files.js';
import { parseIdxLabels, parseIdxPictures } from './idx.js';
import { CLASSES, type Pictures, type Shape } from './pictures.js';
import { UserError } from './user-error.js';

export interface Dataset {
  /** What the files are by their format: MNIST and Fashion-MNIST cannot be told apart. */
  readonly format: string;
  readonly shape: Shape;
  readonly train: Pictures;
  readonly test: Pictures;
}

const IDX = {
  train: ['train-images-idx3-ubyte', 'train-labels-idx1-ubyte'],
  test: ['t10k-images-idx3-ubyte', 't10k-labels-idx1-ubyte'],
} as const;

const CIFAR = {
  train: [1, 2, 3, 4, 5].map((i) => `data_batch_${i}.bin`),
  test: ['test_batch.bin'],
} as const;

/** Reads whichever of the two formats `folder` holds. Throws UserError: one line that names the file and its fault. */
export function loadDataset(folder: string): Dataset {
  if (!existsSync(folder)) throw new UserError(`${folder}: no such data directory`);
  if (!statSync(folder).isDirectory()) throw new UserError(`${folder}: not a directory`);
  if (holdsAny(folder, [...IDX.train, ...IDX.test])) return loadIdx(folder);
  if (holdsAny(folder, [...CIFAR.train, ...CIFAR.test])) return loadCifar(folder);
  throw new UserError(
    `${folder}: no data set found; wanted are ` +
      `${IDX.train[0]}[.gz] and its three companions, or ${CIFAR.train[0]} and its five`,
  );
}

function loadIdx(folder: string): Dataset {
  const train = loadIdxPart(folder, IDX.train);
  const test = loadIdxPart(folder, IDX.test);
  if (String(train.shape) !== String(test.shape)) {
    throw new UserError(
      `${folder}: training pictures are ${train.shape.join(' x ')}, test pictures ${test.shape.join(' x ')}`,
    );
  }
  return { format: 'Fashion-MNIST (IDX files)', shape: train.shape, train: train.pictures, test: test.pictures };
}

function loadIdxPart(
  folder: string,
  [imageName, labelName]: readonly [string, string],
): { shape: Shape; pictures: Pictures } {
  const imageFile = readRequired(folder, imageName);
  const { count, height, width, pixels } = parseIdxPictures(imageFile);
  if (height !== width || (height !== 28 && height !== 32)) {
    throw new UserError(`${imageFile.path}: pictures of ${height} x ${width}, this LeNet takes 28 x 28 or 32 x 32`);
  }
  const labelFile = readRequired(folder, labelName);
  const labels = parseIdxLabels(labelFile, CLASSES);
  if (labels.length !== count) {
    throw new UserError(`${labelFile.path}: ${labels.length} labels for the ${count} pictures in ${imageName}`);
  }
  return { shape: [height, width, 1], pictures: { count, pixels, labels } };
}

function loadCifar(folder: string): Dataset {
  const load = (names: readonly string[]): Pictures =>
    join(names.map((name) => parseCifarBatch(readRequired(folder, name))));
  return { format: 'CIFAR-10 (binary files)', shape: [32, 32, 3], train: load(CIFAR.train), test: load(CIFAR.test) };
}

function join(batches: readonly CifarBatch[]): Pictures {
  return {
    count: batches.reduce((sum, batch) => sum + batch.count, 0),
    pixels: Buffer.concat(batches.map((batch) => batch.pixels)),
    labels: Buffer.concat(batches.map((batch) => batch.labels)),
  };
}

function readRequired(folder: string, name: string): FoundFile {
  const file = readMaybeGzip(folder, name);
  if (file === undefined) throw new UserError(`${folder}: ${name} is missing`);
  return file;
}

const holdsAny = (folder: string, names: readonly string[]): boolean =>
  names.some((name) => existsSync(`${folder}/${name}`) || existsSync(`${folder}/${name}.gz`));
