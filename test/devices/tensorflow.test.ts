import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildLenet } from '../../examples/fashion-mnist/lenet.js';
import { Stepper } from '../../examples/fashion-mnist/step.js';
import { hermitePade5x4, HermitePade5x4 } from '../../generated/hermite-5-4.js';
import { HermitePade5x4AbsSum } from '../../generated/hermite-5-4-abs-sum.js';
import { useBackend } from '../support/backends.js';
import { arithmeticOnly, emitAndLoad, numbers, specOf } from '../support/emit.js';
import { valueAndGradients } from '../support/gradients.js';
import { distance, tensor4 } from '../support/pictures.js';
import { referenceOp } from '../support/reference.js';
import { requireDevice } from '../support/required-devices.js';
import { loadTensorflow } from '../support/tensorflow.js';
import { SLACK, vectorCases, Worst, type VectorCase } from '../support/vectors.js';

const outcome = loadTensorflow();
const absent = outcome.ok ? undefined : requireDevice('tensorflow', outcome.reason);
const UNITS = 32;

/**
 * Native TensorFlow, like a GPU, makes 0 of every value below the normal range, 2^-126, in the midst of a computation.
 * A power of t = 1 / s that is lost so may have been on its way to be multiplied by a few hundred.
 */
const FLUSHED = 256 * SLACK.singles;

const BASES = ['monomial', 'chebyshev-t', 'chebyshev-u', 'legendre', 'laguerre', 'hermite', 'hermite-phys'];
const DENOMINATORS = ['sum-abs', 'abs-sum', 'none'];
const C = [0.1, 0.5, 0.2, 0.1, 0.05, 0.01];
const D = [0.3, 0.1, 0.05, 0.02];

describe.skipIf(absent !== undefined)(absent === undefined ? 'on tensorflow' : `on tensorflow: ${absent}`, () => {
  beforeAll(() => useBackend('tensorflow'));

  it('is native TensorFlow', () => {
    expect(tf.getBackend()).toBe('tensorflow');
    expect(outcome).toMatchObject({ ok: true, libtensorflow: expect.stringMatching(/^2\.\d+\.\d+/) });
  });

  describe('every reference vector', () => {
    const title = (v: VectorCase): string => `${v.basis} ${v.m}/${v.n} ${v.denominator}`;
    it.each(vectorCases.map((v) => [title(v), v] as const))('%s', async (name, vector) => {
      const { op } = await emitAndLoad(specOf(vector.basis, vector.m, vector.n, vector.denominator), arithmeticOnly);
      const worst = new Worst(FLUSHED);
      // One point a call: dc and dd are sums over the points.
      for (const point of vector.points) {
        const { y, dx, dc, dd } = valueAndGradients(op, [point.x], vector.c, vector.d);
        const at = `${name} at x = ${point.x}`;
        worst.see(y[0]!, point.y, point.sy, `y, ${at}`);
        worst.see(dx[0]!, point.dx, point.sdx, `dx, ${at}`);
        dc.forEach((value, i) => worst.see(value, point.dc[i]!, point.sdc[i]!, `dc_${i}, ${at}`));
        dd.forEach((value, j) => worst.see(value, point.dd[j]!, point.sdd[j]!, `dd_${j + 1}, ${at}`));
      }
      worst.expectWithin(UNITS);
    });
  });

  describe.each(BASES.flatMap((basis) => DENOMINATORS.map((denominator) => [basis, denominator] as const)))(
    '%s %s 3/2',
    (basis, denominator) => {
      // Off every kink, where tfjs's own abs differs, and small enough that Q of `none` stays away from 0.
      const inputs: readonly number[][] = [
        [-1.83, -0.61, 0.27, 0.93, 1.37],
        [0.3, -0.7, 0.41, 0.2],
        [0.11, -0.07],
      ];
      const dy = [1, -0.5, 2, 0.25, -1];

      it('agrees with autodiff of the plain formula, value and every gradient', async () => {
        const { op } = await emitAndLoad(specOf(basis, 3, 2, denominator), arithmeticOnly);
        const run = (f: typeof op | ReturnType<typeof referenceOp>) =>
          valueAndGradients(f, inputs[0]!, inputs[1]!, inputs[2]!, dy);
        const [ours, theirs] = [run(op), run(referenceOp(basis, denominator))];
        for (const key of ['y', 'dx', 'dc', 'dd'] as const) {
          expect(distance(ours[key], theirs[key]), key).toBeLessThan(1e-5);
        }
      });

      it('has second derivatives', async () => {
        const { op } = await emitAndLoad(specOf(basis, 3, 2, denominator), arithmeticOnly);
        const second = (f: (x: tf.Tensor, c: tf.Tensor, d: tf.Tensor) => tf.Tensor): number[][] =>
          tf.tidy(() => {
            const slope = (x: tf.Tensor, c: tf.Tensor, d: tf.Tensor): tf.Tensor => tf.grad((v) => f(v, c, d))(x);
            const tensors = inputs.map((values) => tf.tensor1d([...values]));
            return tf
              .grads((x, c, d) => slope(x!, c!, d!))(tensors, tf.tensor1d(dy))
              .map(numbers);
          });
        const [ours, theirs] = [second(op), second(referenceOp(basis, denominator))];
        ours.forEach((values, i) => expect(distance(values, theirs[i]!), `of input ${i}`).toBeLessThan(2e-4));
      });
    },
  );

  describe('hard points of hermite 5/4', () => {
    it('is finite and right where powers of x overflow', async () => {
      // No subnormals: here they are 0, which lies on the other side of a kink.
      const x = [3e38, -3e38, 1e20, -1e10, 1e7, 1e-30, -1e-37];
      const ours = valueAndGradients(hermitePade5x4, x, C, D);
      await useBackend('cpu');
      const doubles = valueAndGradients(hermitePade5x4, x, C, D);
      await useBackend('tensorflow');
      for (const key of ['y', 'dx'] as const) {
        ours[key].forEach((value, i) => {
          expect(Math.abs(value / doubles[key][i]! - 1), `${key} at ${x[i]}`).toBeLessThan(2e-6);
        });
      }
    });

    it('answers NaN with NaN, and no more', () => {
      const { y, dx, dc, dd } = valueAndGradients(hermitePade5x4, [NaN, 0.5], C, D);
      expect([y[0], dx[0]]).toEqual([NaN, NaN]);
      expect(Number.isFinite(y[1]) && Number.isFinite(dx[1])).toBe(true);
      expect([...dc, ...dd].every(Number.isNaN)).toBe(true);
    });

    it('treats -0 as 0, and moves a denominator that starts at either', () => {
      const [plus, minus] = [0, -0].map((x) => valueAndGradients(hermitePade5x4, [x], C, D));
      expect(minus!.y).toEqual(plus!.y);
      expect(minus!.dx).toEqual(plus!.dx);
      for (const zero of [0, -0]) {
        const { dd } = valueAndGradients(hermitePade5x4, [0.7, -1.2], C, [zero, zero, zero, zero]);
        for (const slope of dd) expect(Math.abs(slope)).toBeGreaterThan(1e-3);
      }
    });

    it('keeps every shape, the scalar and the empty ones included', () => {
      for (const shape of [[], [1], [3], [2, 3], [0], [2, 0, 3], [2, 2, 2, 2, 2]]) {
        const x = tf.fill(shape, 0.5);
        expect(hermitePade5x4(x, C, D).shape).toEqual(shape);
        expect(tf.grad((v) => hermitePade5x4(v, C, D))(x).shape).toEqual(shape);
      }
    });

    it('sums nothing to zero over an empty tensor', () => {
      const { dx, dc, dd } = valueAndGradients(hermitePade5x4, [], C, D);
      // + 0 makes a 0 of -0.
      expect([dx, dc.map((v) => v + 0), dd.map((v) => v + 0)]).toEqual([[], Array(6).fill(0), Array(4).fill(0)]);
    });

    it('runs polynomials, whose d is empty', async () => {
      const { op } = await emitAndLoad(specOf('legendre', 2, 0), arithmeticOnly);
      const { y, dx, dc, dd } = valueAndGradients(op, [0.5, -2], [1, 2, 3], []);
      expect(distance(y, [1.625, 13.5])).toBeLessThan(1e-6);
      expect(distance(dx, [6.5, -16])).toBeLessThan(1e-6);
      expect(distance(dc, [2, -1.5, 5.375])).toBeLessThan(1e-6);
      expect(dd).toEqual([]);
    });
  });

  it('sums parameter gradients over a million elements like doubles do, and with the same bits each time', async () => {
    const x = Array.from({ length: 1_000_000 }, (_, i) => 3 * Math.sin(i));
    const run = (): Float32Array[] =>
      tf.tidy(() => {
        const inputs = [tf.tensor1d(x), tf.tensor1d(C), tf.tensor1d(D)];
        const [, dc, dd] = tf.grads((a, b, e) => hermitePade5x4(a!, b!, e!))(inputs);
        return [dc!, dd!].map((t) => t.dataSync() as Float32Array);
      });
    const [first, again] = [run(), run()];
    expect(again).toEqual(first);
    await useBackend('cpu');
    const doubles = run();
    await useBackend('tensorflow');
    first.forEach((values, i) => expect(distance(values, doubles[i]!)).toBeLessThan(1e-6));
  });

  it.each([
    ['sum-abs', (name: string) => new HermitePade5x4({ name })],
    ['abs-sum', (name: string) => new HermitePade5x4AbsSum({ name })],
    ['ReLU', (name: string) => tfl.layers.reLU({ name })],
  ])('trains a LeNet with %s as the cpu backend does, and leaves no tensor behind', async (label, create) => {
    const train = async (): Promise<{ losses: number[]; weights: number[][] }> => {
      const net = buildLenet([28, 28, 1], { label, create }, 7);
      const stepper = new Stepper(net, 0.003);
      const x = tensor4([8, 28, 28, 1], 1);
      const y = tf.oneHot(tf.tensor1d([0, 1, 2, 3, 4, 5, 6, 7], 'int32'), 10) as tf.Tensor2D;
      const losses: number[] = [];
      const step = async (): Promise<void> => void losses.push((await stepper.step({ x, y })).loss);
      await step();
      // The first step makes the optimiser's own tensors.
      const before = tf.memory();
      for (let i = 0; i < 3; i++) await step();
      expect(tf.memory().numTensors).toBe(before.numTensors);
      expect(tf.memory().numBytes).toBe(before.numBytes);
      const weights = net.model.getWeights().map(numbers);
      stepper.dispose();
      return { losses, weights };
    };
    const ours = await train();
    await useBackend('cpu');
    const theirs = await train();
    await useBackend('tensorflow');
    expect(ours.losses.at(-1)!).toBeLessThan(ours.losses[0]!);
    expect(distance(ours.losses, theirs.losses)).toBeLessThan(1e-3);
    expect(ours.weights.length).toBe(theirs.weights.length);
  });

  it('leaves nothing behind, and keeps only x and the coefficients for the backward pass', () => {
    const inputs = [tf.tensor1d(Array.from({ length: 1000 }, Math.sin)), tf.tensor1d(C), tf.tensor1d(D)];
    const step = (): void => tf.dispose(tf.grads((x, c, d) => hermitePade5x4(x!, c!, d!))(inputs));
    step();
    const before = tf.memory();
    for (let i = 0; i < 3; i++) step();
    const { numTensors, numBytes, numDataBuffers } = tf.memory();
    expect({ numTensors, numBytes, numDataBuffers }).toEqual({
      numTensors: before.numTensors,
      numBytes: before.numBytes,
      numDataBuffers: before.numDataBuffers,
    });
    // While a gradient is being recorded no tidy disposes: what is alive after the forward pass is what is kept. This
    // backend's engine counts even a clone, which shares its memory natively, so ReLU's own x and y are the measure.
    const kept = (f: (x: tf.Tensor) => tf.Tensor): number => {
      let grown = NaN;
      const counted = (x: tf.Tensor): tf.Tensor => {
        const bytes = tf.memory().numBytes;
        const y = f(x);
        grown = tf.memory().numBytes - bytes;
        return y;
      };
      tf.dispose(tf.grad(counted)(inputs[0]!));
      return grown;
    };
    const coefficientBytes = 4 * (C.length + D.length);
    expect(kept((x) => hermitePade5x4(x, inputs[1]!, inputs[2]!))).toBe(kept(tf.relu) + coefficientBytes);
  });
});
