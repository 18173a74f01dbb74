import { memory, tensor1d, tensor2d, type Tensor } from '@tensorflow/tfjs-core';
import {
  callbacks,
  input,
  layers,
  model,
  sequential,
  type LayersModel,
  type SymbolicTensor,
} from '@tensorflow/tfjs-layers';
import { recordActivations, type ActivationRecorder, type RecordOptions } from 'opau/training';
import { beforeAll, describe, expect, it } from 'vitest';
import { HermitePade5x4, spec } from '../../generated/hermite-5-4.js';
import { BACKENDS, useBackend } from '../support/backends.js';
import { numbers } from '../support/emit.js';
import { noise } from './support.js';

const small = (args?: ConstructorParameters<typeof HermitePade5x4>[0]): LayersModel => {
  const one = sequential({
    layers: [
      layers.dense({ units: 4, inputShape: [3] }),
      new HermitePade5x4({ ...args, name: 'f' }),
      layers.dropout({ rate: 0.5 }),
      layers.dense({ units: 1 }),
    ],
  });
  one.compile({ optimizer: 'adam', loss: 'meanSquaredError', metrics: ['mse'] });
  return one;
};
const close = (values: readonly number[], expected: readonly number[]): void =>
  values.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 5));
const moments = (recorder: ActivationRecorder): number[][] =>
  recorder.recording.moments.map(({ epoch, step }) => [epoch, step]);

describe.each(BACKENDS)('recordActivations on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  it('records coefficients, functions and inputs before training and after each epoch', async () => {
    const one = small();
    const probe = noise(20, 3, 9);
    const recorder = recordActivations(one, { probe });
    await one.fit(noise(60, 3), noise(60, 1, 2), { epochs: 3, batchSize: 20, verbose: 0, callbacks: recorder });
    const { recording } = recorder;
    expect(JSON.parse(JSON.stringify(recording))).toEqual(recording);
    expect(moments(recorder)).toEqual([
      [0, 0],
      [1, 3],
      [2, 6],
      [3, 9],
    ]);
    expect(recording.moments.map(({ logs }) => Object.keys(logs ?? {}))).toEqual([
      [],
      ...Array(3).fill(['loss', 'mse']),
    ]);
    const [layer] = recording.layers;
    expect(layer).toMatchObject({
      path: 'f',
      className: 'HermitePade5x4',
      basis: 'hermite',
      m: 5,
      n: 4,
      sets: 1,
      sampled: [0],
    });
    expect(layer!.frames[0]!.numerator[0]!.map(Math.fround)).toEqual(spec.initial.c.map(Math.fround));
    expect(layer!.frames[0]!.denominator[0]!.map(Math.fround)).toEqual(spec.initial.d.map(Math.fround));
    expect(layer!.frames[3]!.numerator[0]!.map(Math.fround)).toEqual(numbers(one.layers[1]!.getWeights()[0]!));
    expect(layer!.frames[3]!.numerator).not.toEqual(layer!.frames[0]!.numerator);
    close(
      layer!.frames[3]!.values[0]!,
      numbers((one.layers[1] as HermitePade5x4).call(tensor1d([...recording.grid]), {})),
    );
    // Inputs, counted by hand.
    const reaching = numbers(one.layers[0]!.apply(probe) as Tensor);
    const { inputs } = layer!.frames[3]!;
    const cell = 83; // 0.3, from 0.25 to 0.35
    expect(recording.grid[cell]).toBe(0.3);
    expect(inputs.cells[cell]).toBeCloseTo(reaching.filter((v) => v >= 0.25 && v < 0.35).length / reaching.length, 5);
    expect(inputs.cells.reduce((sum, part) => sum + part, 0)).toBeCloseTo(1, 4);
    const mean = reaching.reduce((sum, v) => sum + v, 0) / reaching.length;
    expect(inputs.mean).toBeCloseTo(mean, 4);
    expect(inputs.deviation ** 2).toBeCloseTo(reaching.reduce((s, v) => s + (v - mean) ** 2, 0) / reaching.length, 4);
  });

  it('records every few batches, and over several fits', async () => {
    const one = small();
    const recorder = recordActivations(one, { probe: noise(5, 3), every: { batches: 2 } });
    const config = { epochs: 1, batchSize: 10, verbose: 0 as const, callbacks: [recorder] };
    await one.fit(noise(40, 3), noise(40, 1, 2), config);
    expect(moments(recorder)).toEqual([
      [0, 0],
      [0.5, 2],
      [1, 4],
    ]);
    await one.fit(noise(40, 3), noise(40, 1, 2), config);
    expect(moments(recorder)).toEqual([
      [0, 0],
      [0.5, 2],
      [1, 4],
      [1.5, 6],
      [2, 8],
    ]);
  });

  it('goes with other callbacks, of either kind', async () => {
    for (const other of [callbacks.earlyStopping({ monitor: 'loss' }), { onEpochEnd: () => {} }]) {
      for (const first of [true, false]) {
        const one = small();
        const recorder = recordActivations(one, { probe: noise(5, 3) });
        // tfjs takes a list as plain callbacks where the first is one.
        const list = (first ? [recorder, other] : [other, recorder]) as never;
        if (first && !('setParams' in other)) continue;
        await one.fit(noise(20, 3), noise(20, 1, 2), { epochs: 2, batchSize: 10, verbose: 0, callbacks: list });
        expect(moments(recorder)).toEqual([
          [0, 0],
          [1, 2],
          [2, 4],
        ]);
      }
    }
  });

  it('leaves no tensors and no hooks behind', async () => {
    const one = small();
    let calls = 0;
    one.layers[1]!.setCallHook(() => void calls++);
    const recorder = recordActivations(one, { probe: noise(5, 3) });
    await recorder.record({ epoch: 0, step: 0 });
    const before = memory().numTensors;
    await recorder.record({ epoch: 1, step: 10 });
    expect(memory().numTensors).toBe(before);
    expect(calls).toBe(0);
    one.predict(noise(5, 3));
    expect(calls).toBe(1);
  });

  it('reads sets of coefficients, some of them where there are many', async () => {
    const wide = sequential({
      layers: [
        layers.dense({ units: 40, inputShape: [3] }),
        new HermitePade5x4({ sharing: 'channel' }),
        layers.dense({ units: 1 }),
      ],
    });
    const recorder = recordActivations(wide, { probe: noise(5, 3) });
    await recorder.record({ epoch: 0, step: 0 });
    const [layer] = recorder.recording.layers;
    expect(layer!.sets).toBe(40);
    expect(layer!.sampled).toHaveLength(16);
    expect([layer!.sampled[0], layer!.sampled[15]]).toEqual([0, 39]);
    const [frame] = layer!.frames;
    expect([frame!.numerator.length, frame!.values.length, frame!.values[0]!.length]).toEqual([40, 16, 161]);
    expect(frame!.values[7]).toEqual(frame!.values[0]);
  });

  it('finds layers in nested models and wrappers, and all that reaches a shared one', async () => {
    const shared = new HermitePade5x4({ name: 'shared' });
    const start = input({ shape: [3] });
    const once = shared.apply(start) as SymbolicTensor;
    const inner = model({
      inputs: start,
      outputs: layers.add().apply([once, shared.apply(once) as SymbolicTensor]) as SymbolicTensor,
      name: 'inner',
    });
    const outer = sequential({
      layers: [
        inner,
        layers.reshape({ targetShape: [3, 1] }),
        layers.timeDistributed({ layer: new HermitePade5x4({ name: 'step' }) as never, name: 'wrap' }),
      ],
    });
    const probe = tensor2d([[-2, 0, 2]]);
    const recorder = recordActivations(outer, { probe, range: [-4, 4], points: 9 });
    await recorder.record({ epoch: 0, step: 0 });
    const { layers: found } = recorder.recording;
    expect(found.map(({ path }) => path)).toEqual(['inner/shared', 'wrap/step']);
    const again = numbers(shared.apply(probe) as Tensor).map(Math.round);
    const cells = [...[-2, 0, 2], ...again].map((value) => value + 4);
    found[0]!.frames[0]!.inputs.cells.forEach((part, i) =>
      expect(part).toBeCloseTo(cells.filter((cell) => cell === i).length / 6, 5),
    );
  });

  it('counts what is beyond the range, or no number', async () => {
    const only = sequential({ layers: [new HermitePade5x4({ inputShape: [5] })] });
    const recorder = recordActivations(only, { probe: tensor2d([[-9, 1e30, NaN, Infinity, 0]]) });
    await recorder.record({ epoch: 0, step: 0 });
    expect(recorder.recording.layers[0]!.frames[0]!.inputs).toMatchObject({ below: 0.2, above: 0.2, notFinite: 0.4 });
  });
});

describe('recordActivations refuses', () => {
  beforeAll(() => useBackend('cpu'));

  it.each<[Partial<RecordOptions>, RegExp]>([
    [{ range: [1, 1] }, /range is \[1, 1\]/],
    [{ points: 1 }, /points is 1/],
    [{ every: { batches: 0 } }, /every.batches is 0/],
  ])('%j', (options, message) => {
    expect(() => recordActivations(small(), { probe: noise(1, 3), ...options })).toThrow(message);
  });

  it('a model without generated layers', () => {
    const plain = sequential({ name: 'plain', layers: [layers.dense({ units: 1, inputShape: [1] })] });
    expect(() => recordActivations(plain, { probe: noise(1, 1) })).toThrow(
      'plain has no generated layers: replaceActivations',
    );
  });
});
