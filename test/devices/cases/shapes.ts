// Sizes that do not fit vectors, textures and workgroups; tensors that are not laid out plainly.
import { conv2d, grads, matMul, reverse, slice, tensor, tidy, transpose, type Tensor } from '@tensorflow/tfjs-core';
import { Worst } from '../../support/units.js';
import { C, D, HERMITE, wave, type Case } from '../device.js';
import { evaluate, read, toTensor, vector } from '../evaluate.js';
import { conclude, expectEqual, judge } from '../judge.js';

const SHAPES = [[], [1], [3], [5], [0], [2, 0, 3], [1000], [7, 11, 13], [2, 2, 2, 2, 2], [100_003]];

const shaped = (shape: readonly number[]): Case => ({
  name: `x of shape [${shape.join(', ')}]`,
  needs: [HERMITE],
  async run(device) {
    const { op } = await device.load(HERMITE);
    const size = shape.reduce((a, b) => a * b, 1);
    const [x, dy] = [wave(size), wave(size, 1, 1.3)];
    const [c, d] = [vector(C), vector(D)];
    const results = await evaluate(op, { values: x, shape }, c, d, { values: dy, shape });
    const worst = new Worst(device.slack);
    judge(worst, HERMITE, { x, c: C, d: D, dy }, results, undefined, ` of shape [${shape.join(', ')}]`);
    conclude(device, 'shapes', worst);
    const outcome = tidy(() => op(toTensor({ values: x, shape }), toTensor(c), toTensor(d)).shape);
    expectEqual(outcome, shape, 'the shape of y');
  },
});

const plain = (shape: number[], phase = 0.4): Tensor =>
  tensor(
    wave(
      shape.reduce((a, b) => a * b, 1),
      2,
      phase,
    ),
    shape,
    'float32',
  );

/** Tensors as other ops leave them: views of a longer one, packed textures, freshly computed. */
const MADE: Readonly<Record<string, (phase: number) => Tensor>> = {
  'a transpose': (phase) => transpose(plain([37, 29], phase)),
  'a slice from the middle of a vector': (phase) => slice(plain([3000], phase), [1001], [1073]),
  'a slice of rows': (phase) => slice(plain([40, 37], phase), [3, 0], [29, 37]),
  'a slice of columns': (phase) => slice(plain([29, 50], phase), [0, 7], [29, 37]),
  'a reverse': (phase) => reverse(plain([29, 37], phase), 1),
  'a matMul, packed on webgl': (phase) => matMul(plain([29, 5], phase), plain([5, 37], 1)),
  'a conv2d, packed on webgl': (phase) =>
    conv2d(plain([2, 9, 9, 3], phase) as never, plain([3, 3, 3, 5]) as never, 1, 'same'),
};

const made = (how: string): Case => ({
  name: `x and dy made by ${how}`,
  needs: [HERMITE],
  async run(device) {
    const { op } = await device.load(HERMITE);
    const make = MADE[how]!;
    const [y, dx, dc, dd, x, dy] = tidy(() => {
      // The values that were read back say what x is: what makes it has tests elsewhere.
      const [xs, dys] = [make(0.4), make(1.9)];
      const [c, d] = [C, D].map((values) => toTensor(vector(values))) as [Tensor, Tensor];
      return [op(xs, c, d), ...grads((a, b, e) => op(a!, b!, e!))([xs, c, d], dys), xs, dys];
    }) as [Tensor, Tensor, Tensor, Tensor, Tensor, Tensor];
    const [xs, dys] = [await read(x), await read(dy)];
    const results = { y: await read(y), dx: await read(dx), dc: await read(dc), dd: await read(dd) };
    const worst = new Worst(device.slack);
    judge(worst, HERMITE, { x: xs, c: C, d: D, dy: dys }, results, undefined, ` of ${how}`);
    conclude(device, 'layouts', worst);
  },
});

const sliced: Case = {
  name: 'coefficients that are slices of a longer vector',
  needs: [HERMITE],
  async run(device) {
    const { op } = await device.load(HERMITE);
    const x = wave(100);
    const [y, dx, dc, dd] = tidy(() => {
      const all = toTensor(vector([7, 8, 9, ...C, 7, ...D, 8, 9]));
      const [c, d] = [slice(all, [3], [6]), slice(all, [10], [4])];
      const inputs = [toTensor(vector(x)), c, d];
      return [op(inputs[0]!, c, d), ...grads((a, b, e) => op(a!, b!, e!))(inputs)];
    }) as [Tensor, Tensor, Tensor, Tensor];
    const results = { y: await read(y), dx: await read(dx), dc: await read(dc), dd: await read(dd) };
    const worst = new Worst(device.slack);
    judge(worst, HERMITE, { x, c: C, d: D, dy: x.map(() => 1) }, results, undefined, ' of sliced coefficients');
    conclude(device, 'layouts', worst);
  },
};

export const shapeCases: readonly Case[] = [...SHAPES.map(shaped), ...Object.keys(MADE).map(made), sliced];
