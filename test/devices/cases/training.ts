// A small LeNet with generated layers: training, saving, loading.
import { tensor, train, type Tensor } from '@tensorflow/tfjs-core';
import { initializers, layers, sequential, type Sequential } from '@tensorflow/tfjs-layers';
import { ensureConv2DBackpropFilter } from 'opau/runtime';
import { coefficientOptimizer } from 'opau/training';
import { activation, HERMITE, wave, type Case } from '../device.js';
import type { EmittedModule } from '../../support/emit.js';
import { expectEqual, expectThat } from '../judge.js';
import { reload } from '../reload.js';

const ABS_SUM = activation('hermite', 5, 4, 'abs-sum');
const [BATCH, SIDE, CLASSES] = [8, 12, 3];

function lenet(first: EmittedModule, second: EmittedModule): Sequential {
  // The same weights on every device.
  const seeded = (seed: number) => initializers.glorotUniform({ seed });
  return sequential({
    layers: [
      layers.conv2d({ filters: 4, kernelSize: 3, inputShape: [SIDE, SIDE, 1], kernelInitializer: seeded(1) }),
      new first.Layer({ name: 'first' }),
      layers.maxPooling2d({ poolSize: 2 }),
      layers.flatten(),
      layers.dense({ units: 8, kernelInitializer: seeded(2) }),
      new second.Layer({ name: 'second' }),
      layers.dense({ units: CLASSES, activation: 'softmax', kernelInitializer: seeded(3) }),
    ],
  });
}

/** Pictures with a bright row that says which class they are. */
function pictures(): { x: Tensor; y: Tensor } {
  const [values, labels] = [wave(BATCH * SIDE * SIDE, 0.5), new Array<number>(BATCH * CLASSES).fill(0)];
  for (let i = 0; i < BATCH; i++) {
    for (let column = 0; column < SIDE; column++) values[(i * SIDE + 3 * (i % CLASSES)) * SIDE + column]! += 2;
    labels[i * CLASSES + (i % CLASSES)] = 1;
  }
  return {
    x: tensor(values, [BATCH, SIDE, SIDE, 1], 'float32'),
    y: tensor(labels, [BATCH, CLASSES], 'float32'),
  };
}

const NAMES = ['numerator', 'denominator'];

/** The coefficients of both generated layers, by weight. */
async function coefficients(net: Sequential): Promise<Readonly<Record<string, readonly number[]>>> {
  const found: Record<string, readonly number[]> = {};
  for (const name of ['first', 'second']) {
    for (const weight of net.getLayer(name).weights) {
      found[`${name}/${weight.originalName.split('/').pop()}`] = [...(await weight.read().data())];
    }
  }
  return found;
}

const training: Case = {
  name: 'a LeNet trains: the loss falls, and every coefficient moves',
  needs: [HERMITE, ABS_SUM],
  async run(device) {
    ensureConv2DBackpropFilter();
    const net = lenet(await device.load(HERMITE), await device.load(ABS_SUM));
    net.compile({ optimizer: train.adam(0.01), loss: 'categoricalCrossentropy' });
    const before = await coefficients(net);
    expectEqual(
      Object.keys(before),
      ['first', 'second'].flatMap((l) => NAMES.map((n) => `${l}/${n}`)),
      'weights',
    );
    const { x, y } = pictures();
    const losses: number[] = [];
    for (let step = 0; step < 5; step++) losses.push(Number(await net.trainOnBatch(x, y)));
    expectThat(losses.every(Number.isFinite) && losses.at(-1)! < 0.9 * losses[0]!, `the losses are ${losses}`);
    for (const [name, values] of Object.entries(await coefficients(net))) {
      values.forEach((value, i) => expectThat(value !== before[name]![i], `${name}[${i}] stays at ${value}`));
    }
    const loaded = await reload(net);
    const [ours, theirs] = [net.predict(x) as Tensor, loaded.predict(x) as Tensor];
    expectEqual([...(await theirs.data())], [...(await ours.data())], 'predictions after saving and loading');
    expectEqual(
      loaded.layers.map((l) => l.getConfig()),
      net.layers.map((l) => l.getConfig()),
      'configs',
    );
    [x, y, ours, theirs, net, loaded].forEach((thing) => thing.dispose());
  },
};

const together: Case = {
  name: 'an optimiser step for all coefficients together does what one for each does',
  needs: [HERMITE, ABS_SUM],
  async run(device) {
    ensureConv2DBackpropFilter();
    const modules = [await device.load(HERMITE), await device.load(ABS_SUM)] as const;
    const { x, y } = pictures();
    const trained = [];
    for (const optimizer of [
      train.adam(0.01),
      coefficientOptimizer(train.adam(0.01), { coefficients: { clipNorm: Infinity } }),
    ]) {
      const net = lenet(...modules);
      net.compile({ optimizer, loss: 'categoricalCrossentropy' });
      for (let step = 0; step < 3; step++) await net.trainOnBatch(x, y);
      trained.push(Object.values(await coefficients(net)).flat());
      net.dispose();
      optimizer.dispose();
    }
    const [each, all] = trained as [number[], number[]];
    each.forEach((value, i) =>
      expectThat(Math.abs(value - all[i]!) <= 1e-6, `coefficient ${i} is ${all[i]} instead of ${value}`),
    );
    [x, y].forEach((pictures) => pictures.dispose());
  },
};

export const trainingCases: readonly Case[] = [training, together];
