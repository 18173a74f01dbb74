import { grad, grads, memory, mul, scalar, sum, tensor, tensor1d, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { BACKENDS, useBackend } from '../support/backends.js';
import { emitAndLoad, numbers, arithmeticOnly, specOf, type EmittedModule } from '../support/emit.js';
import { valueAndGradients } from '../support/gradients.js';
import { referenceOp } from '../support/reference.js';

const BASES = ['monomial', 'chebyshev-t', 'chebyshev-u', 'legendre', 'laguerre', 'hermite', 'hermite-phys'];
const DENOMINATORS = ['sum-abs', 'abs-sum', 'none'];

/** Off every kink of these bases, and small enough that Q of `none` stays away from 0. */
const X = [-1.83, -0.61, 0.27, 0.93, 1.37];
const C = [0.3, -0.7, 0.41, 0.2];
const D = [0.11, -0.07];
const DY = [1, -0.5, 2, 0.25, -1];

const closeTo = (actual: readonly number[], expected: readonly number[], tolerance: number): void => {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((value, i) =>
    expect(Math.abs(value - expected[i]!)).toBeLessThanOrEqual(tolerance * (1 + Math.abs(expected[i]!))),
  );
};

describe.each(BACKENDS)('on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  describe.each(BASES.flatMap((basis) => DENOMINATORS.map((denominator) => [basis, denominator] as const)))(
    '%s %s 3/2',
    (basis, denominator) => {
      it('agrees with tfjs autodiff of the plain formula, value and every gradient', async () => {
        const { op } = await emitAndLoad(specOf(basis, 3, 2, denominator), arithmeticOnly);
        const ours = valueAndGradients(op, X, C, D, DY);
        const theirs = valueAndGradients(referenceOp(basis, denominator), X, C, D, DY);
        closeTo(ours.y, theirs.y, 3e-6);
        closeTo(ours.dx, theirs.dx, 2e-5);
        closeTo(ours.dc, theirs.dc, 2e-5);
        closeTo(ours.dd, theirs.dd, 2e-5);
      });

      it('has second derivatives', async () => {
        const { op } = await emitAndLoad(specOf(basis, 3, 2, denominator), arithmeticOnly);
        const second = (f: (x: Tensor, c: Tensor, d: Tensor) => Tensor): number[][] =>
          tidy(() => {
            const slope = (x: Tensor, c: Tensor, d: Tensor): Tensor => grad((v) => f(v, c, d))(x);
            const inputs: [Tensor, Tensor, Tensor] = [tensor1d(X), tensor1d(C), tensor1d(D)];
            return grads((x, c, d) => slope(x!, c!, d!))(inputs, tensor1d(DY)).map(numbers);
          });
        const [ours, theirs] = [second(op), second(referenceOp(basis, denominator))];
        ours.forEach((values, i) => closeTo(values, theirs[i]!, 2e-4));
      });
    },
  );

  describe('hermite 5/4', () => {
    let module: EmittedModule;
    beforeAll(async () => {
      module = await emitAndLoad(specOf('hermite', 5, 4), arithmeticOnly);
    });
    const c = [0.1, 0.5, 0.2, 0.1, 0.05, 0.01];
    const d = [0.3, 0.1, 0.05, 0.02];

    it('keeps every shape, the scalar and the empty ones included', () => {
      for (const shape of [[], [1], [3], [2, 3], [2, 0, 3], [2, 2, 2, 2, 2]]) {
        const size = shape.reduce((a, b) => a * b, 1);
        const x = tensor(new Float32Array(size).fill(0.5), shape);
        expect(module.op(x, c, d).shape).toEqual(shape);
        expect(grad((v) => module.op(v, c, d))(x).shape).toEqual(shape);
      }
    });

    it('sums nothing to zero over an empty tensor', () => {
      const { dx, dc, dd } = valueAndGradients(module.op, [], c, d);
      // + 0 makes a 0 of -0.
      expect([dx, dc.map((v) => v + 0), dd.map((v) => v + 0)]).toEqual([[], [0, 0, 0, 0, 0, 0], [0, 0, 0, 0]]);
    });

    it('treats -0 as 0 at the kinks', () => {
      const [plus, minus] = [0, -0].map((x) => valueAndGradients(module.op, [x], c, d));
      expect(minus!.y).toEqual(plus!.y);
      expect(minus!.dx).toEqual(plus!.dx);
      expect(minus!.dd.map(Math.abs)).toEqual(plus!.dd.map(Math.abs));
    });

    it('moves a denominator that starts at zero', () => {
      for (const zero of [0, -0]) {
        const { dd } = valueAndGradients(module.op, [0.7, -1.2], c, [zero, zero, zero, zero]);
        for (const slope of dd) expect(Math.abs(slope)).toBeGreaterThan(1e-3);
      }
    });

    it('answers NaN with NaN, and no more', () => {
      const { y, dx, dc, dd } = valueAndGradients(module.op, [NaN, 0.5], c, d);
      expect([y[0], dx[0]]).toEqual([NaN, NaN]);
      expect(Number.isFinite(y[1]!) && Number.isFinite(dx[1]!)).toBe(true);
      expect([...dc, ...dd].every(Number.isNaN)).toBe(true);
    });

    it('stays finite where powers of x overflow', () => {
      const { y, dx } = valueAndGradients(module.op, [3e38, -3e38, 1e20, -1e10, 1e-30, -1e-45], c, d);
      expect([...y, ...dx].every(Number.isFinite)).toBe(true);
    });

    it('takes plain arrays and numbers', () => {
      expect(numbers(module.op([0.5, 1], c, d))).toHaveLength(2);
      expect(numbers(module.op(0.5, c, d))).toHaveLength(1);
    });

    it('says what is wrong with its operands', () => {
      const x = tensor1d([1, 2]);
      expect(() => module.op(tensor1d([1, 2], 'int32'), c, d)).toThrow(
        /HermitePade5x4: x is int32, but must be float32: convert/,
      );
      expect(() => module.op(x, [1, 2], d)).toThrow(
        /HermitePade5x4: c has shape \[2\], but must have shape \[6\], or \[\.\.\., 6\]/,
      );
      expect(() => module.op(x, c, tensor([[1, 2, 3, 4]]))).toThrow(
        /c has shape \[6\] and d \[1, 4\]: all but the last dimension must agree/,
      );
    });

    it('leaves nothing behind', () => {
      const inputs: [Tensor, Tensor, Tensor] = [tensor1d(X), tensor1d(c), tensor1d(d)];
      const step = (): void => {
        tidy(() => void grads((x, a, b) => sum(mul(module.op(x!, a!, b!), scalar(2))))(inputs));
        module.op(...inputs).dispose();
      };
      step();
      const before = memory();
      for (let i = 0; i < 3; i++) step();
      expect(memory().numTensors).toBe(before.numTensors);
      expect(memory().numBytes).toBe(before.numBytes);
      expect(memory().numDataBuffers).toBe(before.numDataBuffers);
    });
  });

  it('runs polynomials, whose d is empty', async () => {
    const { op } = await emitAndLoad(specOf('legendre', 2, 0), arithmeticOnly);
    const { y, dx, dc, dd } = valueAndGradients(op, [0.5, -2], [1, 2, 3], []);
    closeTo(y, [1 + 2 * 0.5 + 3 * -0.125, 1 - 4 + 3 * 5.5], 1e-6);
    closeTo(dx, [2 + 3 * 1.5, 2 + 3 * -6], 1e-6);
    closeTo(dc, [2, -1.5, 5.375], 1e-6);
    expect(dd).toEqual([]);
  });
});

it('gives the same bits on every run', async () => {
  const { op } = await emitAndLoad(specOf('hermite', 5, 4), arithmeticOnly);
  const x = Array.from({ length: 5000 }, (_, i) => Math.sin(i) * 3);
  for (const backend of BACKENDS) {
    await useBackend(backend);
    const run = (): unknown => valueAndGradients(op, x, [0.1, 0.5, 0.2, 0.1, 0.05, 0.01], [0.3, 0.1, 0.05, 0.02]);
    expect(run()).toEqual(run());
  }
});
