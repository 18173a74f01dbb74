// Devices other than the one at hand: what binds little computes in parts, and sums are added in every way there is.
import { dispose, engine, fill, grads, mul, tensor, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, it } from 'vitest';
import { useBackend } from '../support/backends.js';
import { requiredDevices } from '../support/required-devices.js';
import { scatteredCases } from './cases/scattered.js';
import { sumCases } from './cases/sums.js';
import { C, D, HERMITE, wave } from './device.js';
import { load } from './modules.js';
import { NODE_DEVICES } from './node-devices.js';

const { start, slack } = NODE_DEVICES.find(({ name }) => name === 'webgpu')!;
const missing = await start().then(
  () => undefined,
  (error: Error) => error.message.split('\n')[0]!,
);

interface Backend {
  device: GPUDevice;
}

/** The backend's device, as if it were another in some respects. */
function pretend(differences: Readonly<Record<string, unknown>>): () => void {
  const backend = engine().backend as unknown as Backend;
  const { device } = backend;
  backend.device = new Proxy(device, {
    get: (target, key) => {
      if (typeof key === 'string' && key in differences) return differences[key];
      const value = Reflect.get(target, key, target) as unknown;
      return typeof value === 'function' ? (value as () => unknown).bind(target) : value;
    },
  });
  return () => void (backend.device = device);
}

const binding = (bytes: number): Readonly<Record<string, unknown>> => ({
  limits: { maxStorageBufferBindingSize: bytes, maxBufferSize: bytes, maxComputeWorkgroupsPerDimension: 65535 },
});

let restore = (): void => undefined;
afterEach(() => restore());

async function run(shape: number[], sets: number): Promise<number[][]> {
  const { op } = await load(HERMITE);
  const size = shape.reduce((a, b) => a * b, 1);
  const many = (values: readonly number[]): Tensor =>
    tensor(
      Array.from({ length: sets }, (_, set) => values.map((value) => value * (1 + set / 8))).flat(),
      sets === 1 ? [values.length] : [sets, values.length],
    );
  // One x that float32 is not safe for, in the last part.
  const numbers = wave(size).map((value, k) => (k === size - 2 ? 1e9 : value));
  const results = tidy(() => {
    const inputs = [tensor(numbers, shape), many(C), many(D)] as const;
    const dy = tensor(wave(size, 1, 1), shape);
    return [op(...inputs), ...grads((x, c, d) => op(x!, c!, d!))([...inputs], dy)];
  });
  const values = await Promise.all(results.map(async (result) => Array.from(await result.data())));
  results.forEach((result) => result.dispose());
  return values;
}

const CASES: readonly (readonly [shape: number[], sets: number])[] = [
  [[10_007], 1],
  [[1024, 9], 1],
  [[500, 12], 12],
];

/** Buffers are used again: places that no one writes hold what was there, in as many partial sums as workgroups may write. */
async function leaveGarbage(): Promise<void> {
  const sums = C.length + D.length;
  const sizes = Array.from({ length: 64 }, (_, k) => k + 1).flatMap((workgroups) =>
    [1, 16, 64].map((k) => k * workgroups),
  );
  const tensors = tidy(() => sizes.map((partials) => mul(fill([sums, 2 * partials], 1e9), 2)));
  await Promise.all(tensors.map((each) => each.data()));
  dispose(tensors);
}

const skipped = missing !== undefined && !requiredDevices().has('webgpu');

describe.skipIf(skipped)(`a device that binds 4,096 bytes${missing === undefined ? '' : `: ${missing}`}`, () => {
  it.each(CASES)('x of shape %j, %i sets', async (shape, sets) => {
    await useBackend('webgpu');
    const whole = await run(shape, sets);
    restore = pretend(binding(4096));
    const parts = await run(shape, sets);
    expect(parts.slice(0, 2)).toEqual(whole.slice(0, 2));
    // Sums are divided in another way.
    parts
      .slice(2)
      .forEach((sums, i) => sums.forEach((sum, k) => expect(Math.abs(sum / whole[i + 2]![k]! - 1)).toBeLessThan(1e-4)));
  });

  it('says so where a row is beyond it', async () => {
    await useBackend('webgpu');
    restore = pretend(binding(4096));
    await expect(run([2, 3000], 3000)).rejects.toThrow(/this device binds 4096 bytes at most: use smaller batches/);
  });
});

describe.skipIf(skipped)(`how a device adds up sums${missing === undefined ? '' : `: ${missing}`}`, () => {
  const device = { name: 'webgpu', backend: 'webgpu', slack, vectors: [], load, note: () => undefined };
  const software = { isFallbackAdapter: true, subgroupMinSize: 4 };
  it.each([
    ['without subgroups', { features: new Set() }],
    ['by subgroups larger than the smallest', { adapterInfo: { ...software, subgroupMinSize: 1 } }],
    ['in hardware', { adapterInfo: { ...software, isFallbackAdapter: false } }],
    ['in hardware without subgroups', { adapterInfo: { ...software, isFallbackAdapter: false }, features: new Set() }],
  ])('%s', async (_, differences) => {
    await useBackend('webgpu');
    restore = pretend(differences);
    await leaveGarbage();
    for (const { run } of [...sumCases, ...scatteredCases]) await run(device);
  });
});
