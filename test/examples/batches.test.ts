import '@tensorflow/tfjs-backend-cpu';
import { expect, test } from 'vitest';
import { epochBatches, makeBatch, measureScaling } from '../../examples/fashion-mnist/batches.js';

const lists = (batches: readonly Uint32Array[]): number[][] => batches.map((batch) => [...batch]);

test('an epoch holds every picture once, the last batch what is left', () => {
  const batches = lists(epochBatches(103, 25, 1, 0));
  expect(batches.map((batch) => batch.length)).toEqual([25, 25, 25, 25, 3]);
  expect(batches.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: 103 }, (_, i) => i));
});

test('batches depend on seed and epoch alone', () => {
  const first = lists(epochBatches(50, 10, 1, 0));
  expect(lists(epochBatches(50, 10, 1, 0))).toEqual(first);
  expect(lists(epochBatches(50, 10, 2, 0))).not.toEqual(first);
  expect(lists(epochBatches(50, 10, 1, 1))).not.toEqual(first);
});

test('the order is the same on every machine and for ever', () => {
  expect(lists(epochBatches(8, 8, 1, 0))).toEqual([[3, 1, 0, 6, 7, 2, 4, 5]]);
});

test('each channel is scaled to mean 0 and deviation 1', () => {
  const pictures = { count: 2, pixels: Uint8Array.from([0, 7, 10, 7, 20, 7, 30, 7]), labels: Uint8Array.from([3, 0]) };
  const scaling = measureScaling(pictures, 2);
  expect(scaling.mean).toEqual([15, 7]);
  expect(scaling.deviation).toEqual([Math.sqrt(125), 1]);
  const { x, y } = makeBatch(pictures, [1, 2, 2], scaling, Uint32Array.from([1]));
  expect(x.shape).toEqual([1, 1, 2, 2]);
  const values = x.dataSync();
  expect(values[0]).toBeCloseTo(5 / Math.sqrt(125), 6);
  expect(values[1]).toBe(0);
  expect([...y.dataSync()]).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
});
