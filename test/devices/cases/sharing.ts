// Coefficients shared by none, some or all of the axes of x, in the op and in the layer.
import { Worst } from '../../support/units.js';
import { HERMITE, wave, type Case } from '../device.js';
import { evaluate } from '../evaluate.js';
import { conclude, expectEqual, judge, type Sets } from '../judge.js';

const SHAPE = [2, 3, 2, 4];

/** Shapes that broadcast to SHAPE by the right-aligned rule; a set of coefficients for each of their elements. */
const PREFIXES: readonly (readonly number[])[] = [
  ...[[], [1], [4], [2, 1], [2, 4], [3, 1, 1], [3, 1, 4], [3, 2, 1], [3, 2, 4], [1, 2, 4], [1, 1, 1, 1]],
  ...[
    [2, 1, 1, 1],
    [2, 3, 2, 4],
    [2, 1, 2, 1],
    [1, 3, 1, 4],
  ],
];

export const product = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/** Which set an element of x belongs to, for coefficients of shape [...prefix, length]. */
export function setsOf(prefix: readonly number[], shape: readonly number[]): Sets {
  return {
    count: product(prefix),
    setOf(element) {
      let [set, stride, rest] = [0, 1, element];
      for (let axis = shape.length - 1; axis >= 0; axis--) {
        const index = rest % shape[axis]!;
        rest = Math.floor(rest / shape[axis]!);
        const side = prefix[axis - shape.length + prefix.length] ?? 1;
        if (side > 1) set += index * stride;
        stride *= side;
      }
      return set;
    },
  };
}

/** `count` sets of coefficients of hermite 5/4, all different, of both signs. */
export const manySets = (count: number): { c: number[]; d: number[] } => ({
  c: wave(6 * count, 0.5, 0.9),
  d: wave(4 * count, 0.3, 1.7),
});

/** One element in 101 is `large`, where it is given. */
const inTheOp = (prefix: readonly number[], shape: readonly number[] = SHAPE, large?: number): Case => ({
  name:
    `sharing in the op: c of shape [${[...prefix, 6].join(', ')}] with x of shape [${shape.join(', ')}]` +
    (large === undefined ? '' : `, some of it ${large}`),
  needs: [HERMITE],
  async run(device) {
    const { op } = await device.load(HERMITE);
    const size = product(shape);
    const x = wave(size).map((value, k) => (large !== undefined && k % 101 === 7 ? large : value));
    const dy = wave(size, 1, 2.2);
    const { c, d } = manySets(product(prefix));
    const results = await evaluate(
      op,
      { values: x, shape },
      { values: c, shape: [...prefix, 6] },
      { values: d, shape: [...prefix, 4] },
      { values: dy, shape },
    );
    expectEqual(results.shapes, { dc: [...prefix, 6], dd: [...prefix, 4] }, 'shapes of the gradients');
    const worst = new Worst(device.slack);
    judge(worst, HERMITE, { x, c, d, dy }, results, setsOf(prefix, shape), `, c for [${prefix.join(', ')}]`);
    conclude(device, 'sharing', worst);
  },
});

export const sharingCases: readonly Case[] = [
  ...PREFIXES.map((prefix) => inTheOp(prefix)),
  // Enough elements for blocks and workgroups, with tails in each.
  inTheOp([64], [129, 64]),
  inTheOp([5], [1001, 5]),
  inTheOp([5], [3001, 5], 1e9),
  inTheOp([3, 1], [3, 2003], 1e9),
  inTheOp([33, 1], [5, 33, 37]),
  inTheOp([7, 1, 3], [11, 7, 13, 3]),
  inTheOp([0], [3, 0]),
];
