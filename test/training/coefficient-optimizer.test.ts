import {
  clone,
  div,
  engine,
  fill,
  memory,
  norm,
  SGDOptimizer,
  train,
  variable,
  type Optimizer,
  type Tensor,
  type Variable,
} from '@tensorflow/tfjs-core';
import type { NamedTensor } from '../../runtime/training/joined.js';
import { layers, sequential, type LayersModel } from '@tensorflow/tfjs-layers';
import { CoefficientOptimizer, coefficientOptimizer, type CoefficientOptimizerOptions } from 'opau/training';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { HermitePade5x4, spec } from '../../generated/hermite-5-4.js';
import { BACKENDS, useBackend } from '../support/backends.js';
import { numbers } from '../support/emit.js';
import { noise, roundTrip } from './support.js';

const small = (): LayersModel =>
  sequential({
    layers: [
      layers.dense({ units: 4, inputShape: [3], kernelInitializer: 'ones', biasInitializer: 'ones' }),
      new HermitePade5x4(),
      layers.dense({ units: 1, kernelInitializer: 'ones' }),
    ],
  });

const variables = (model: LayersModel): Variable[] => model.trainableWeights.map((weight) => weight.read() as Variable);
const constant = (model: LayersModel, value: number) =>
  variables(model).map(({ name, shape }) => ({ name, tensor: fill(shape, value) }));
/** How far each weight of the model moved in one step on equal gradients: kernel, bias, c, d. */
function moves(optimizer: Optimizer, gradient: number): number[][] {
  const model = small();
  const before = model.getWeights().map(numbers);
  optimizer.applyGradients(constant(model, gradient));
  return model
    .getWeights()
    .slice(0, 4)
    .map((weight, w) => numbers(weight).map((value, i) => value - before[w]![i]!));
}
/** How many kernels run. */
function kernels(act: () => void): number {
  const { engine: own } = { engine: engine() as unknown as { runKernelFunc(call: unknown): unknown } };
  const spy = vi.spyOn(own, 'runKernelFunc');
  act();
  const count = spy.mock.calls.length;
  spy.mockRestore();
  return count;
}
const expectAll = (values: number[], value: number): void => values.forEach((one) => expect(one).toBeCloseTo(value, 5));

describe.each(BACKENDS)('coefficientOptimizer on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  it('moves coefficients at their own learning rate, and all else at the base one', () => {
    const optimizer = coefficientOptimizer(train.sgd(0.1), {
      coefficients: { learningRate: 0.01, clipNorm: Infinity },
    });
    const [kernel, bias, c, d] = moves(optimizer, 1);
    expectAll(kernel!, -0.1);
    expectAll(bias!, -0.1);
    expectAll(c!, -0.01);
    expectAll(d!, -0.01);
  });

  it.each([
    ['an ordinary gradient', 10],
    ['one whose square overflows', 1e30],
  ])('clips coefficients at norm 5, all of them together: %s', (_, gradient) => {
    const [kernel, , c, d] = moves(
      coefficientOptimizer(train.sgd(1 / gradient), { coefficients: { learningRate: 1 } }),
      gradient,
    );
    expectAll(kernel!, -1);
    // Ten equal entries of norm 5.
    expectAll([...c!, ...d!], -5 / Math.sqrt(10));
  });

  it('leaves small gradients as they are, and zero ones', () => {
    expectAll(moves(coefficientOptimizer(train.sgd(1)), 0.5)[2]!, -0.5);
    expectAll(moves(coefficientOptimizer(train.sgd(1)), 0)[2]!, 0);
  });

  it('clips the others only where it is told to', () => {
    const [kernel] = moves(coefficientOptimizer(train.sgd(1), { clipNorm: 1 }), 1);
    // 12 + 4 + 4 + 1 weights that are not coefficients.
    expectAll(kernel!, -1 / Math.sqrt(21));
  });

  it('decays kernels, apart from the gradient, and neither biases nor coefficients', () => {
    const optimizer = coefficientOptimizer(train.sgd(0.1), { weightDecay: 0.5, coefficients: { clipNorm: Infinity } });
    const [kernel, bias, c] = moves(optimizer, 0);
    expectAll(kernel!, -0.05);
    expectAll(bias!, 0);
    expectAll(c!, 0);
    const [, , decayed] = moves(coefficientOptimizer(train.sgd(0.1), { coefficients: { weightDecay: 0.5 } }), 0);
    decayed!.forEach((move, i) => expect(move).toBeCloseTo(-0.05 * spec.initial.c[i]!, 5));
  });

  it('knows coefficients by their layer, not by their name', () => {
    const impostor = variable(fill([2], 1), true, 'hermite/numerator');
    const optimizer = coefficientOptimizer(train.sgd(0.1), { coefficients: { learningRate: 100 } });
    optimizer.applyGradients({ [impostor.name]: fill([2], 1) });
    expectAll(numbers(impostor), 0.9);
    impostor.dispose();
  });

  it('does what two optimisers would do', () => {
    const [one, two] = [small(), small()];
    const whole = coefficientOptimizer(train.adam(0.01), { coefficients: { learningRate: 0.05 } });
    const [base, own] = [train.adam(0.01), train.adam(0.05)];
    for (let step = 1; step <= 3; step++) {
      whole.applyGradients(constant(one, step / 10));
      const all = constant(two, step / 10);
      base.applyGradients(all.filter((_, i) => i !== 2 && i !== 3));
      own.applyGradients(all.slice(2, 4));
    }
    expect(one.getWeights().map(numbers)).toEqual(two.getWeights().map(numbers));
    expect(whole.iterations).toBe(3);
  });

  it('leaves coefficients that have no gradient, and takes up others later', () => {
    const [one, two] = [small(), small()];
    const optimizer = coefficientOptimizer(train.adam(0.01), { coefficients: { clipNorm: Infinity } });
    const own = (model: LayersModel) => constant(model, 0.5).slice(2, 4);
    const read = () => [...own(one), ...own(two)].map(({ name }) => numbers(engine().registeredVariables[name]!));
    const start = read();
    optimizer.applyGradients(own(one).map((g, i) => (i === 0 ? g : { ...g, tensor: null as unknown as Tensor })));
    const first = read();
    expect(first.map((values, i) => values[0] !== start[i]![0])).toEqual([true, false, false, false]);
    const second = [...own(two), ...own(one)];
    optimizer.applyGradients(second);
    expect(read().map((values, i) => values[0] !== first[i]![0])).toEqual([true, true, true, true]);
    // Adam's first step on a constant gradient is the learning rate; so is the second.
    expectAll(
      read()[0]!.map((value, i) => value - start[0]![i]!),
      -0.02,
    );
    const alone = small();
    const fresh = train.adam(0.01);
    fresh.applyGradients(constant(alone, 0).slice(2, 4));
    fresh.applyGradients(own(alone));
    const [c] = own(alone).map(({ name }) => numbers(engine().registeredVariables[name]!));
    expectAll(
      read()[2]!.map((value, i) => value - start[2]![i]!),
      c![0]! - start[2]![0]!,
    );
  });

  it('trains one model after another', () => {
    const optimizer = coefficientOptimizer(train.sgd(0.1), { coefficients: { clipNorm: Infinity } });
    for (let round = 0; round < 2; round++) {
      const model = small();
      const before = numbers(model.getWeights()[2]!);
      optimizer.applyGradients(constant(model, 1));
      expectAll(
        numbers(model.getWeights()[2]!).map((value, i) => value - before[i]!),
        -0.1,
      );
      model.dispose();
    }
  });

  it('starts no more ops for many layers than for one', () => {
    const ops = (count: number): number => {
      const model = sequential({
        layers: Array.from({ length: count }, () => new HermitePade5x4({ inputShape: [3] } as object)),
      });
      const optimizer = coefficientOptimizer(train.adam(0.01));
      const gradients = constant(model, 1);
      optimizer.applyGradients(gradients);
      return kernels(() => optimizer.applyGradients(gradients));
    };
    expect(ops(9)).toBe(ops(1));
  });

  it('knows an optimiser that does not treat each number by itself', () => {
    class Normalised extends SGDOptimizer {
      static override readonly className = 'Normalised' as 'SGD';
      override applyGradients(gradients: NamedTensor[]): void {
        super.applyGradients(gradients.map(({ name, tensor }) => ({ name, tensor: div(tensor, norm(tensor)) })));
      }
    }
    const [, , c, d] = moves(
      coefficientOptimizer(train.sgd(1), { coefficients: { optimizer: new Normalised(1), clipNorm: Infinity } }),
      3,
    );
    expectAll(c!, -1 / Math.sqrt(6));
    expectAll(d!, -1 / 2);
  });

  it('goes on with state that was saved of each variable by itself', async () => {
    const [one, two] = [small(), small()];
    const [base, own] = [train.adam(0.01), train.adam(0.05)];
    const step = (model: LayersModel): void => {
      const all = constant(model, 0.3);
      base.applyGradients(all.filter((_, i) => i !== 2 && i !== 3));
      own.applyGradients(all.slice(2, 4));
    };
    step(one);
    const saved = async (prefix: string, optimizer: Optimizer) =>
      (await optimizer.getWeights()).map(({ name, tensor }) => ({ name: prefix + name, tensor: clone(tensor) }));
    const state = [...(await saved('others/', base)), ...(await saved('coefficients/', own))];
    two.setWeights(one.getWeights());
    const whole = coefficientOptimizer(train.adam(0.01), { coefficients: { learningRate: 0.05 } });
    await whole.setWeights(state);
    step(one);
    whole.applyGradients(constant(two, 0.3));
    two.getWeights().forEach((weight, w) => {
      const expected = numbers(one.getWeights()[w]!);
      numbers(weight).forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 5));
    });
  });

  it('trains in fit, without a leak', async () => {
    const before = memory().numTensors;
    const [x, y] = [noise(64, 3), noise(64, 1, 7)];
    const model = small();
    const optimizer = coefficientOptimizer(train.adam(0.01), { weightDecay: 1e-3, clipNorm: 10 });
    model.compile({ optimizer, loss: 'meanSquaredError' });
    const start = numbers(model.layers[1]!.getWeights()[0]!);
    const first = await model.fit(x, y, { epochs: 1, verbose: 0 });
    const between = memory().numTensors;
    const second = await model.fit(x, y, { epochs: 10, verbose: 0 });
    expect(memory().numTensors).toBe(between);
    expect(second.history['loss']!.at(-1)!).toBeLessThan(first.history['loss']![0] as number);
    expect(numbers(model.layers[1]!.getWeights()[0]!)).not.toEqual(start);
    model.dispose();
    optimizer.dispose();
    x.dispose();
    y.dispose();
    expect(memory().numTensors).toBe(before);
  });

  it('is saved with a model, and goes on as if it had never stopped', async () => {
    const [x, y] = [noise(32, 3), noise(32, 1, 7)];
    const optimizer = coefficientOptimizer(train.adam(0.01), {
      weightDecay: 0.1,
      coefficients: { optimizer: train.rmsprop(0.02, 0.9, 0.5), clipNorm: Infinity },
    });
    const model = small();
    model.compile({ optimizer, loss: 'meanSquaredError' });
    await model.fit(x, y, { epochs: 2, shuffle: false, verbose: 0 });
    const loaded = await roundTrip(model, { includeOptimizer: true });
    expect(loaded.optimizer).toBeInstanceOf(CoefficientOptimizer);
    expect(loaded.optimizer.getConfig()).toEqual(optimizer.getConfig());
    for (const each of [model, loaded]) await each.fit(x, y, { epochs: 2, shuffle: false, verbose: 0 });
    loaded.getWeights().forEach((weight, w) => {
      const expected = numbers(model.getWeights()[w]!);
      numbers(weight).forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 5));
    });
  });
});

describe('coefficientOptimizer refuses', () => {
  beforeAll(() => useBackend('cpu'));

  it.each<[(base: Optimizer) => CoefficientOptimizerOptions, RegExp]>([
    [() => ({ coefficients: { learningRate: 0.1, optimizer: train.sgd(1) } }), /either .*learningRate or .*optimizer/],
    [(base) => ({ coefficients: { optimizer: base } }), /is the base itself/],
    [() => ({ coefficients: { learningRate: 0 } }), /coefficients.learningRate is 0, but must be above 0/],
    [() => ({ coefficients: { clipNorm: NaN } }), /coefficients.clipNorm is NaN/],
    [() => ({ clipNorm: -1 }), /clipNorm is -1/],
    [() => ({ weightDecay: -0.1 }), /weightDecay is -0.1/],
  ])('%s', (options, message) => {
    const base = train.sgd(0.1);
    expect(() => coefficientOptimizer(base, options(base))).toThrow(message);
  });
});
