import { io, memory, randomNormal, tensor2d, train, zeros, type Tensor } from '@tensorflow/tfjs-core';
import {
  constraints,
  initializers,
  layers,
  loadLayersModel,
  model,
  input,
  regularizers,
  sequential,
  type LayersModel,
} from '@tensorflow/tfjs-layers';
import { Coefficients } from 'opau/runtime';
import { beforeAll, describe, expect, it } from 'vitest';
import { BACKENDS, useBackend } from '../support/backends.js';
import { arithmeticOnly, emitAndLoad, numbers, specOf, type EmittedModule } from '../support/emit.js';

/** Saves to memory and loads again, as from a file. */
async function roundTrip(saved: LayersModel): Promise<LayersModel> {
  let artifacts: io.ModelArtifacts | undefined;
  await saved.save(
    io.withSaveHandler(async (a) => {
      artifacts = a;
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
    }),
  );
  return loadLayersModel(io.fromMemory(artifacts!));
}

const names = (layer: layers.Layer): string[] => layer.weights.map((weight) => weight.originalName.split('/').pop()!);

describe.each(BACKENDS)('a generated layer on %s', (backend) => {
  let emitted: EmittedModule;
  beforeAll(async () => {
    await useBackend(backend);
    emitted = await emitAndLoad(specOf('hermite', 5, 4), arithmeticOnly);
  });

  const small = (layer: layers.Layer): LayersModel =>
    sequential({ layers: [layers.dense({ units: 4, inputShape: [3] }), layer, layers.dense({ units: 1 })] });

  it('has weights numerator [m + 1] and denominator [n] with the fitted coefficients', () => {
    const layer = new emitted.Layer();
    small(layer);
    expect(names(layer)).toEqual(['numerator', 'denominator']);
    expect(layer.getWeights().map((w) => w.shape)).toEqual([[6], [4]]);
    expect(numbers(layer.getWeights()[0]!)).toEqual(emitted.spec.initial.c.map(Math.fround));
    expect(numbers(layer.getWeights()[1]!)).toEqual(emitted.spec.initial.d.map(Math.fround));
    expect(layer.getClassName()).toBe('HermitePade5x4');
    expect(layer.supportsMasking).toBe(true);
  });

  it('computes what the op computes, in the shape it gets', () => {
    const layer = new emitted.Layer();
    const x = randomNormal([2, 3, 4]);
    const y = layer.apply(x) as Tensor;
    expect(y.shape).toEqual([2, 3, 4]);
    expect(numbers(y)).toEqual(numbers(emitted.op(x, [...emitted.spec.initial.c], [...emitted.spec.initial.d])));
  });

  it('trains both sets of coefficients', async () => {
    const layer = new emitted.Layer();
    const net = small(layer);
    net.compile({ optimizer: 'adam', loss: 'meanSquaredError' });
    const before = layer.getWeights().map(numbers);
    await net.fit(randomNormal([32, 3], 0, 1, 'float32', 1), randomNormal([32, 1], 0, 1, 'float32', 2), {
      epochs: 2,
      verbose: 0,
    });
    const after = layer.getWeights().map(numbers);
    for (const [i, values] of after.entries()) values.forEach((value, k) => expect(value).not.toBe(before[i]![k]));
  });

  it('trains one set only, or none, where told so', async () => {
    for (const [args, moves] of [
      [{ numeratorTrainable: false }, [false, true]],
      [{ denominatorTrainable: false }, [true, false]],
      [{ trainable: false }, [false, false]],
    ] as const) {
      const layer = new emitted.Layer(args);
      const net = small(layer);
      net.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
      // tfjs lists trainable weights before the others: find each by name.
      const read = (): number[][] =>
        ['numerator', 'denominator'].map((name) => numbers(layer.weights[names(layer).indexOf(name)]!.read()));
      const before = read();
      await net.fit(randomNormal([8, 3], 0, 1, 'float32', 1), randomNormal([8, 1], 0, 1, 'float32', 2), {
        epochs: 1,
        verbose: 0,
      });
      expect(read().map((values, i) => values.some((v, k) => v !== before[i]![k]))).toEqual(moves);
    }
  });

  it('saves and loads with its class, config, weights and outputs', async () => {
    const net = small(
      new emitted.Layer({
        name: 'act',
        numeratorRegularizer: regularizers.l2({ l2: 0.1 }),
        denominatorConstraint: 'nonNeg',
        numeratorTrainable: false,
      }),
    );
    const loaded = await roundTrip(net);
    const [ours, theirs] = [net.getLayer('act'), loaded.getLayer('act')];
    expect(theirs).toBeInstanceOf(emitted.Layer);
    expect(theirs.getConfig()).toEqual(ours.getConfig());
    const x = tensor2d([[1, -2, 3]]);
    expect(numbers(loaded.predict(x) as Tensor)).toEqual(numbers(net.predict(x) as Tensor));
  });

  it('makes the same layer from its config', () => {
    const layer = new emitted.Layer({
      numeratorInitializer: 'zeros',
      denominatorInitializer: new Coefficients({ values: [1, 2, 3, 4] }),
      denominatorRegularizer: 'l1l2',
      numeratorConstraint: constraints.maxNorm({ maxValue: 3 }),
    });
    const config = layer.getConfig();
    const Layer = emitted.Layer as unknown as { fromConfig(cls: unknown, config: unknown): layers.Layer };
    const again = Layer.fromConfig(emitted.Layer, JSON.parse(JSON.stringify(config)));
    expect(again.getConfig()).toEqual(config);
    again.build([null, 2]);
    expect(again.getWeights().map(numbers)).toEqual([
      [0, 0, 0, 0, 0, 0],
      [1, 2, 3, 4],
    ]);
  });

  it('takes initialisers by instance, name or serialised form, and quotes one it does not know', () => {
    for (const ones of [initializers.ones(), 'ones', { className: 'Ones', config: {} }]) {
      const layer = new emitted.Layer({ numeratorInitializer: ones });
      layer.build([null, 2]);
      expect(numbers(layer.getWeights()[0]!)).toEqual([1, 1, 1, 1, 1, 1]);
    }
    expect(() => new emitted.Layer({ numeratorInitializer: 'oness' })).toThrow(/unknown initializer "oness"/);
    expect(() => new emitted.Layer({ numeratorConstraint: 'nonNegg' })).toThrow(/unknown constraint "nonNegg"/);
    expect(() => new Coefficients({ values: [1, NaN] })).toThrow(/must all be finite/);
    const short = new emitted.Layer({ numeratorInitializer: new Coefficients({ values: [1] }) });
    expect(() => short.build([null, 2])).toThrow(/1 values cannot fill a weight of shape \[6\]/);
  });

  it('applies constraints and regularisers during training', async () => {
    const layer = new emitted.Layer({
      numeratorConstraint: 'unitNorm',
      numeratorRegularizer: regularizers.l2({ l2: 1 }),
      denominatorConstraint: 'nonNeg',
    });
    const net = small(layer);
    net.compile({ optimizer: train.sgd(10), loss: 'meanSquaredError' });
    await net.fit(randomNormal([8, 3], 0, 1, 'float32', 3), zeros([8, 1]), { epochs: 2, verbose: 0 });
    // Steps of this size leave the constraints far behind; tfjs itself would not come back.
    const [numerator, denominator] = layer.getWeights().map(numbers);
    expect(Math.hypot(...numerator!)).toBeCloseTo(1, 5);
    for (const value of denominator!) expect(value).toBeGreaterThanOrEqual(0);
    expect(layer.losses).toHaveLength(1);
  });

  it('shares its coefficients where one layer is applied in several places', () => {
    const layer = new emitted.Layer();
    const x = input({ shape: [3] });
    const net = model({ inputs: x, outputs: layer.apply(layers.dense({ units: 3 }).apply(layer.apply(x))) as never });
    expect(net.layers.filter((l) => l === layer)).toHaveLength(1);
    expect(net.weights.filter((w) => /numerator|denominator/.test(w.originalName))).toHaveLength(2);
  });

  it('has no denominator weight where n is 0', async () => {
    const { Layer } = await emitAndLoad(specOf('legendre', 2, 0), arithmeticOnly);
    const layer = new Layer();
    const net = small(layer);
    expect(names(layer)).toEqual(['numerator']);
    net.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
    await net.fit(zeros([4, 3]), zeros([4, 1]), { epochs: 1, verbose: 0 });
    expect((await roundTrip(net)).getWeights()).toHaveLength(net.getWeights().length);
  });

  it('leaks no tensors over training steps, and frees all when disposed', async () => {
    const optimizer = train.sgd(0.01);
    const start = memory().numTensors;
    const net = small(new emitted.Layer());
    net.compile({ optimizer, loss: 'meanSquaredError' });
    const [x, y] = [zeros([4, 3]), zeros([4, 1])];
    await net.trainOnBatch(x, y);
    const before = memory().numTensors;
    for (let i = 0; i < 3; i++) await net.trainOnBatch(x, y);
    expect(memory().numTensors).toBe(before);
    x.dispose();
    y.dispose();
    net.dispose();
    expect(memory().numTensors).toBe(start);
  });
});
