// Every formula against its definition in doubles, and against differences of it.
import { grad, grads, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { activation, BASES, C, D, DENOMINATORS, nameOf, SCALED, wave, type Activation, type Case } from '../device.js';
import { evaluate, read, toTensor, vector } from '../evaluate.js';
import { check, expectThat } from '../judge.js';
import { truth } from '../truth.js';

/** Small enough that Q of `none` stays away from 0 up to |x| = 2. */
const SMALL_D = [0.11, -0.07].map(Math.fround);
const SMALL_C = [0.3, -0.7, 0.41, 0.2].map(Math.fround);
/** Off the kinks of all bases. */
const X = [-1.83, -0.61, 0.27, 0.93, 1.37].map(Math.fround);
const DY = [1, -0.5, 2, 0.25, -1];

const KINDS = BASES.flatMap((basis) => DENOMINATORS.map((denominator) => activation(basis, 3, 2, denominator)));

const definition = (of: Activation): Case => ({
  name: `agrees with its definition in doubles: ${nameOf(of)}`,
  needs: [of],
  async run(device) {
    const { op } = await device.load(of);
    const x = wave(257, of.denominator === 'none' ? 1.5 : 4);
    await check(device, 'definition', of, op, { x, c: SMALL_C, d: SMALL_D, dy: wave(257, 1, 1.1) });
  },
});

const STEP = 1e-5;

type Flat = readonly number[];

/** Central differences of `f` by every entry of x, c and d, in doubles. */
function differences(f: (x: Flat, c: Flat, d: Flat) => number): readonly [number[], number[], number[]] {
  const operands: [Flat, Flat, Flat] = [X, SMALL_C, SMALL_D];
  return operands.map((values, which) =>
    values.map((_, i) => {
      const at = (step: number): number => {
        const moved = values.map((value, k) => (k === i ? value + step : value));
        return f(...(operands.map((own, k) => (k === which ? moved : own)) as [Flat, Flat, Flat]));
      };
      return (at(STEP) - at(-STEP)) / (2 * STEP);
    }),
  ) as [number[], number[], number[]];
}

function close(actual: ArrayLike<number>, expected: Flat, tolerance: number, what: string): void {
  expected.forEach((value, i) =>
    expectThat(
      Math.abs(actual[i]! - value) <= tolerance * (1 + Math.abs(value)),
      `${what}[${i}]: ${actual[i]} instead of ${value}`,
    ),
  );
}

const firstOrder = (of: Activation): Case => ({
  name: `gradients agree with differences: ${nameOf(of)}`,
  needs: [of],
  async run(device) {
    const { op } = await device.load(of);
    const results = await evaluate(op, vector(X), vector(SMALL_C), vector(SMALL_D), vector(DY));
    const sum = (x: Flat, c: Flat, d: Flat): number =>
      x.reduce((total, xk, k) => total + DY[k]! * truth(of, xk, c, d).y, 0);
    const [dx, dc, dd] = differences(sum);
    close(results.dx, dx, 1e-5, 'dx');
    close(results.dc, dc, 1e-5, 'dc');
    close(results.dd, dd, 1e-5, 'dd');
  },
});

/** The gradients of sum(dy dF/dx): those of the composed form, which is what runs inside another gradient. */
const secondOrder = (of: Activation): Case => ({
  name: `second derivatives agree with differences: ${nameOf(of)}`,
  needs: [of],
  async run(device) {
    const { op } = await device.load(of);
    const slope = (x: Tensor, c: Tensor, d: Tensor): Tensor => grad((v) => op(v, c, d))(x);
    const ours = tidy(() =>
      grads((x, c, d) => slope(x!, c!, d!))(
        [X, SMALL_C, SMALL_D].map((v) => toTensor(vector(v))),
        toTensor(vector(DY)),
      ),
    );
    const sum = (x: Flat, c: Flat, d: Flat): number =>
      x.reduce((total, xk, k) => total + DY[k]! * truth(of, xk, c, d).dx, 0);
    const expected = differences(sum);
    for (const [i, what] of ['by x', 'by c', 'by d'].entries()) close(await read(ours[i]!), expected[i]!, 1e-4, what);
  },
});

/** High degrees, no denominator, no numerator but a constant, and bases that are not as in the books. */
const DEGREES = [activation('hermite', 5, 4), activation('legendre', 2, 0), activation('monomial', 0, 1), ...SCALED];
const shaped = (of: Activation): Case => ({
  name: `agrees with its definition in doubles: ${nameOf(of)}`,
  needs: [of],
  async run(device) {
    const { op } = await device.load(of);
    const operands = { x: wave(1025, 6), c: C.slice(0, of.m + 1), d: D.slice(0, of.n), dy: wave(1025, 1, 1.1) };
    await check(device, 'definition', of, op, operands);
  },
});

export const formulaCases: readonly Case[] = [
  ...KINDS.map(definition),
  ...DEGREES.map(shaped),
  ...KINDS.map(firstOrder),
  ...KINDS.map(secondOrder),
];
