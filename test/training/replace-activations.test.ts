import { memory, randomNormal, setBackend, tensor, type Tensor } from '@tensorflow/tfjs-core';
import { input, layers, model, sequential, type LayersModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { PadeLayer } from 'opau/runtime';
import { listActivations, replaceActivations, type ReplaceOptions } from 'opau/training';
import { beforeAll, describe, expect, it } from 'vitest';
import { HermitePade5x4AbsSum } from '../../generated/hermite-5-4-abs-sum.js';
import { BACKENDS, useBackend } from '../support/backends.js';
import { numbers } from '../support/emit.js';
import { noise, roundTrip } from './support.js';

const make = (): PadeLayer => new HermitePade5x4AbsSum();
const shown = (one: LayersModel): string[] => one.layers.map((layer) => `${layer.name}:${layer.getClassName()}`);
const difference = (one: Tensor, other: Tensor): number => {
  const expected = numbers(other);
  return Math.max(...numbers(one).map((value, i) => Math.abs(value - expected[i]!)));
};
/** How far what the two models make of the same inputs is apart. */
function apart(one: LayersModel, other: LayersModel, inputs: Tensor | Tensor[]): number {
  return difference(one.predict(inputs) as Tensor, other.predict(inputs) as Tensor);
}
const dense = (one: LayersModel, name: string) => numbers(one.getLayer(name).getWeights()[0]!);

describe.each(BACKENDS)('replaceActivations on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  it('puts layers where activations were in a Sequential, under predictable names, and keeps all weights', () => {
    const original = sequential({
      name: 'net',
      layers: [
        layers.dense({ units: 6, inputShape: [4], activation: 'relu', name: 'a' }),
        layers.dense({ units: 5, name: 'b' }),
        layers.leakyReLU({ name: 'c' }),
        layers.batchNormalization({ name: 'norm' }),
        layers.dense({ units: 5, activation: 'tanh', name: 'd' }),
        layers.activation({ activation: 'elu', name: 'e' }),
        layers.dense({ units: 3, activation: 'softmax', name: 'out' }),
      ],
    });
    const replaced = replaceActivations(original, make);
    const own = 'HermitePade5x4AbsSum';
    expect(replaced.name).toBe('net');
    expect(shown(replaced)).toEqual([
      ...['a:Dense', `a_activation:${own}`, 'b:Dense', `c:${own}`, 'norm:BatchNormalization', 'd:Dense', `e:${own}`],
      'out:Dense',
    ]);
    for (const name of ['a', 'b', 'd', 'out']) expect(dense(replaced, name)).toEqual(dense(original, name));
    expect(replaced.getLayer('a').getConfig()['activation']).toBe('linear');
    expect(replaced.getLayer('d').getConfig()['activation']).toBe('tanh');
    expect(replaced.getLayer('out').getConfig()['activation']).toBe('softmax');
    // Weights are copies.
    replaced.getLayer('b').setWeights(
      replaced
        .getLayer('b')
        .getWeights()
        .map((w) => randomNormal(w.shape)),
    );
    expect(dense(replaced, 'b')).not.toEqual(dense(original, 'b'));
  });

  it('changes outputs by no more than the fit is off', () => {
    const original = sequential({
      layers: [
        layers.dense({ units: 8, inputShape: [4], activation: 'relu' }),
        layers.dense({ units: 8, activation: 'relu' }),
        layers.dense({ units: 1 }),
      ],
    });
    const x = noise(50, 4);
    expect(apart(replaceActivations(original, make), original, x)).toBeLessThan(0.2);
    // Nothing but the activations differs: with relu put back, everything is equal.
    const back = replaceActivations(original, ({ name }) => layers.reLU({ name }));
    expect(apart(back, original, x)).toBe(0);
  });

  it('keeps branches, shared layers, several inputs and outputs of a functional model', () => {
    const [left, right] = [input({ shape: [4], name: 'left' }), input({ shape: [4], name: 'right' })];
    const shared = layers.dense({ units: 4, activation: 'relu', name: 'shared' });
    const [l, r] = [shared.apply(left), shared.apply(right)] as [SymbolicTensor, SymbolicTensor];
    const sum = layers.add({ name: 'sum' }).apply([l, r]) as SymbolicTensor;
    const both = layers.concatenate({ name: 'both' }).apply([sum, left]) as SymbolicTensor;
    const prelu = layers.prelu({ name: 'prelu', alphaInitializer: 'zeros' }).apply(both) as SymbolicTensor;
    const out1 = layers.dense({ units: 2, activation: 'relu', name: 'out1' }).apply(prelu) as SymbolicTensor;
    const out2 = layers.dense({ units: 1, name: 'out2' }).apply(sum) as SymbolicTensor;
    const original = model({ inputs: [left, right], outputs: [out1, out2], name: 'branches' });

    const relu = replaceActivations(original, () => layers.reLU());
    const x = [noise(10, 4), noise(10, 4, 5)];
    const [expected, got] = [original.predict(x) as Tensor[], relu.predict(x) as Tensor[]];
    expect(got.map((one, i) => difference(one, expected[i]!))).toEqual([0, 0]);
    expect(relu.inputNames).toEqual(['left', 'right']);

    const rational = replaceActivations(original, make);
    expect(shown(rational).filter((name) => /Pade/.test(name))).toEqual([
      'shared_activation:HermitePade5x4AbsSum',
      'prelu:HermitePade5x4AbsSum',
    ]);
    // One layer for both places where the shared one is.
    expect(rational.getLayer('shared_activation').inboundNodes).toHaveLength(2);
    expect(rational.getLayer('out1').getConfig()['activation']).toBe('relu');
    const all = replaceActivations(original, make, { outputs: true });
    expect(shown(all)).toContain('out1_activation:HermitePade5x4AbsSum');
  });

  it('goes into nested models, and keeps what is frozen frozen', () => {
    const inner = sequential({
      name: 'inner',
      layers: [
        layers.dense({ units: 4, inputShape: [4], activation: 'relu', name: 'x' }),
        layers.dropout({ rate: 0.5 }),
      ],
    });
    const start = input({ shape: [4] });
    const body = model({
      inputs: start,
      outputs: layers.reLU({ name: 'y' }).apply(inner.apply(start)) as SymbolicTensor,
      name: 'body',
    });
    body.trainable = false;
    const original = sequential({
      layers: [body, layers.dense({ units: 1, name: 'head', trainable: false }), layers.dense({ units: 1 })],
    });
    const relu = replaceActivations(original, () => layers.reLU());
    expect(apart(relu, original, noise(10, 4))).toBe(0);
    expect(listActivations(original).map(({ path, action, name }) => [path, action, name])).toEqual([
      ['body/inner/x', 'replace', 'x_activation'],
      ['body/y', 'replace', 'y'],
    ]);
    const rational = replaceActivations(original, make);
    expect(rational.trainableWeights.map(({ originalName }) => originalName.split('/').at(-1))).toEqual([
      'kernel',
      'bias',
    ]);
    expect(rational.getLayer('body')).toHaveProperty('trainable', false);
  });

  it('replaces in wrappers what is done to each step, and after convolutions', () => {
    const original = sequential({
      layers: [
        layers.timeDistributed({
          layer: layers.dense({ units: 3, activation: 'relu' }),
          inputShape: [5, 2],
          name: 'td',
        }),
        layers.timeDistributed({ layer: layers.reLU(), name: 'tr' }),
        layers.conv1d({ filters: 4, kernelSize: 3, activation: 'relu', name: 'conv' }),
        layers.lstm({ units: 3, name: 'lstm', recurrentInitializer: 'glorotNormal' }),
        layers.dense({ units: 1 }),
      ],
    });
    const x = tensor(numbers(noise(4, 10)), [4, 5, 2]);
    expect(
      apart(
        replaceActivations(original, () => layers.reLU()),
        original,
        x,
      ),
    ).toBe(0);
    expect(shown(replaceActivations(original, make)).map((name) => name.replace('HermitePade5x4AbsSum', 'F'))).toEqual([
      ...['td:TimeDistributed', 'td_activation:F', 'tr:F', 'conv:Conv1D', 'conv_activation:F', 'lstm:LSTM'],
      expect.stringMatching(/:Dense$/),
    ]);
  });

  it('passes the state of recurrent layers on', () => {
    const [x, h, c] = [input({ shape: [5, 2] }), input({ shape: [3] }), input({ shape: [3] })];
    const lstm = layers.lstm({ units: 3, name: 'lstm', recurrentInitializer: 'glorotNormal' });
    const out = lstm.apply(x, { initialState: [h, c] }) as SymbolicTensor;
    const end = layers.dense({ units: 1 }).apply(layers.reLU().apply(out)) as SymbolicTensor;
    const original = model({ inputs: [x, h, c], outputs: end });
    const values = [tensor(numbers(noise(4, 10)), [4, 5, 2]), noise(4, 3, 2), noise(4, 3, 3)];
    expect(
      apart(
        replaceActivations(original, () => layers.reLU()),
        original,
        values,
      ),
    ).toBe(0);
  });

  it('takes the first layer of a model and the same layer for several places', () => {
    const original = sequential({
      layers: [
        layers.reLU({ inputShape: [4], name: 'first' }),
        layers.dense({ units: 4 }),
        layers.reLU({ name: 'second' }),
        layers.dense({ units: 1 }),
      ],
    });
    const one = make();
    const replaced = replaceActivations(original, () => one);
    expect(replaced.layers.filter((layer) => layer instanceof PadeLayer)).toEqual([one, one]);
    expect(one.name).toBe('first');
    expect((replaced.predict(noise(3, 4)) as Tensor).shape).toEqual([3, 1]);
  });

  it('trains, and comes back from a file', async () => {
    const original = sequential({
      layers: [layers.dense({ units: 8, inputShape: [4], activation: 'relu' }), layers.dense({ units: 1 })],
    });
    const rational = replaceActivations(
      original,
      ({ layer }) => new HermitePade5x4AbsSum({ sharing: 'channel', name: layer.name }),
    );
    rational.compile({ optimizer: 'adam', loss: 'meanSquaredError' });
    const [x, y] = [noise(64, 4), noise(64, 1, 3)];
    const { history } = await rational.fit(x, y, { epochs: 20, verbose: 0 });
    expect(history['loss']!.at(-1)!).toBeLessThan(history['loss']![0] as number);
    expect(apart(await roundTrip(rational), rational, x)).toBe(0);
  });

  it('leaves nothing behind but the new model', () => {
    const original = sequential({
      layers: [layers.dense({ units: 2, inputShape: [2], activation: 'relu' }), layers.dense({ units: 1 })],
    });
    const before = memory().numTensors;
    replaceActivations(original, make).dispose();
    expect(memory().numTensors).toBe(before);
    expect((original.predict(noise(1, 2)) as Tensor).shape).toEqual([1, 1]);
  });
});

describe('replaceActivations', () => {
  beforeAll(async () => void (await setBackend('cpu')));
  const recurrent = (): LayersModel =>
    sequential({
      layers: [
        layers.dense({ units: 3, inputShape: [5, 2], activation: 'relu', name: 'd' }),
        layers.bidirectional({
          layer: layers.gru({ units: 3, activation: 'relu', recurrentInitializer: 'glorotNormal' }) as never,
          mergeMode: 'concat',
          name: 'rnn',
        }),
        layers.dense({ units: 1, name: 'out' }),
      ],
    });
  const plain = (activation: 'relu' | 'tanh'): LayersModel =>
    sequential({
      layers: [layers.dense({ units: 3, inputShape: [2], activation, name: 'd' }), layers.dense({ units: 1 })],
    });

  it('says what cannot be taken out of its layer, and goes on without it where told to', () => {
    expect(() => replaceActivations(recurrent(), make)).toThrow(
      "rnn (Bidirectional, relu): the activation is inside the layer and cannot be taken out of it; unsupported: 'keep'",
    );
    const options = { unsupported: 'keep' } as const;
    expect(shown(replaceActivations(recurrent(), make, options))[1]).toBe('d_activation:HermitePade5x4AbsSum');
    const kept = listActivations(recurrent(), options).filter(({ action }) => action === 'keep');
    expect(kept.map(({ path, activation }) => `${path} ${activation}`)).toEqual(['rnn relu', 'rnn hardSigmoid']);
  });

  it.each<[ReplaceOptions, 'relu' | 'tanh', RegExp]>([
    [
      {},
      'tanh',
      /nothing to replace: of the model's activations, d \(Dense, tanh\), none is .* activations: \[\.\.\.\]/,
    ],
    [{ activations: ['rleu'] }, 'relu', /activations holds "rleu", but .* relu, relu6, leakyReLU/],
    [{ activations: ['softmax'] }, 'relu', /activations holds "softmax"/],
  ])('refuses %j for %s', (options, activation, message) => {
    expect(() => replaceActivations(plain(activation), make, options)).toThrow(message);
  });

  it('checks what makeLayer returns', () => {
    expect(() => replaceActivations(plain('relu'), () => 'relu' as never)).toThrow(
      'makeLayer returned relu for d, but',
    );
    const used = make();
    sequential({ layers: [layers.dense({ units: 1, inputShape: [1] }), used] });
    expect(() => replaceActivations(plain('relu'), () => used)).toThrow(/is part of a model: make a new one/);
    expect(shown(replaceActivations(plain('relu'), () => undefined))[0]).toBe('d:Dense');
  });

  it('finds a free name, and takes other activations than relu', () => {
    const original = sequential({
      layers: [
        layers.dense({ units: 2, inputShape: [2], activation: 'gelu', name: 'd' }),
        layers.dropout({ rate: 0, name: 'd_activation' }),
        layers.dense({ units: 1 }),
      ],
    });
    expect(shown(replaceActivations(original, make, { activations: ['gelu'] }))[1]).toBe(
      'd_activation_1:HermitePade5x4AbsSum',
    );
  });
});
