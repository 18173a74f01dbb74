import { memory, tensor1d, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { useBackend } from '../support/backends.js';
import { arithmeticOnly, emitAndLoad, numbers, specOf } from '../support/emit.js';
import { valueAndGradients, type ValueAndGradients } from '../support/gradients.js';
import type { ActivationOp } from 'opau/runtime';

const C = [0.1, 0.5, 0.2, -0.1, 0.05, 0.01];
const D = [0.3, -0.1, 0.05, 0.02];

/** What the cpu backend's kernels, in doubles, answer. */
async function onCpu(op: ActivationOp, ...operands: Operands): Promise<ValueAndGradients> {
  await useBackend('cpu');
  const result = valueAndGradients(op, ...operands);
  await useBackend('wasm');
  return result;
}
type Operands = readonly [x: readonly number[], c: readonly number[], d: readonly number[], dy?: readonly number[]];

/** float32 arithmetic on well-conditioned numbers; infinities and NaN must be the same. */
function close(actual: readonly number[], expected: readonly number[], where: string, tolerance = 4e-6): void {
  expect(actual.length, where).toBe(expected.length);
  const off = actual.findIndex((value, k) => {
    const truth = expected[k]!;
    return !(
      Object.is(value, truth) ||
      value === truth ||
      Math.abs(value - truth) <= tolerance * (0.1 + Math.abs(truth))
    );
  });
  expect(off, `${where}[${off}]: ${actual[off]} instead of ${expected[off]}`).toBe(-1);
}

async function agrees(op: ActivationOp, operands: Operands, tolerance?: number): Promise<void> {
  const [ours, theirs] = [valueAndGradients(op, ...operands), await onCpu(op, ...operands)];
  for (const part of ['y', 'dx', 'dc', 'dd'] as const) close(ours[part], theirs[part], part, tolerance);
}

/** dc_0 .. dc_5, dd_1 .. dd_4 of hermite 5/4 by definition, summed in doubles, and their sizes: with all signs plus. */
function parameterGradients(xs: readonly number[]): readonly { readonly sum: number; readonly size: number }[] {
  const [c, d] = [C, D].map((values) => values.map(Math.fround));
  const sums = Array.from({ length: 10 }, () => ({ sum: 0, size: 0 }));
  for (const x of xs) {
    const [f, g] = [
      [1, x],
      [1, Math.abs(x)],
    ];
    for (let k = 1; k < 5; k++) {
      f.push(x * f[k]! - k * f[k - 1]!);
      g.push(Math.abs(x) * g[k]! + k * g[k - 1]!);
    }
    const q = 1 + d!.reduce((sum, dj, j) => sum + Math.abs(dj * f[j + 1]!), 0);
    const y = c!.reduce((sum, ci, i) => sum + ci * f[i]!, 0) / q;
    const sy = c!.reduce((sum, ci, i) => sum + Math.abs(ci * g[i]!), 0) / q;
    f.forEach((fi, i) => {
      sums[i]!.sum += fi / q;
      sums[i]!.size += g[i]! / q;
    });
    d!.forEach((dj, j) => {
      sums[6 + j]!.sum += (-y * (dj < 0 ? -1 : 1) * Math.abs(f[j + 1]!)) / q;
      sums[6 + j]!.size += (sy * g[j + 1]!) / q;
    });
  }
  return sums;
}

const wave = (size: number, scale = 3): number[] =>
  Array.from({ length: size }, (_, k) => Math.fround(scale * Math.sin(1.37 * k + 0.4)));

describe('the kernels on the wasm backend, hermite 5/4', () => {
  let op: ActivationOp;
  beforeAll(async () => {
    ({ op } = await emitAndLoad(specOf('hermite', 5, 4), arithmeticOnly));
    await useBackend('wasm');
  });

  it('answer for every length', async () => {
    for (let size = 0; size <= 70; size++) await agrees(op, [wave(size), C, D, wave(size, 1)], 2e-5);
  });

  it('run blocks in single precision, and what is left over in doubles', async () => {
    const x = wave(16 + 3);
    const [block, doubles] = [valueAndGradients(op, x, C, D).y, (await onCpu(op, x, C, D)).y];
    expect(block.slice(0, 16)).not.toEqual(doubles.slice(0, 16));
    expect(block.slice(16)).toEqual(doubles.slice(16));
  });

  it.each([1e4, 1e10, 1e20, 3e38, -3e38, Infinity, NaN])('answer for blocks among which some hold %d', async (huge) => {
    for (const every of [5, 40, 700]) {
      const x = wave(3000).map((value, k) => (k % every === 3 ? huge : value));
      const [ours, theirs] = [valueAndGradients(op, x, C, D), await onCpu(op, x, C, D)];
      close(ours.y, theirs.y, 'y');
      close(ours.dx, theirs.dx, 'dx');
    }
  });

  it.each([
    ['x', 2 ** 21 * (1 + 2 ** -23), 0],
    ['x', -1e20, 0],
    ['heavy dy', 0.5, 70_000],
    ['light dy', -2, 1e-25],
  ])('count every element once wherever in a block one is unsafe: %s', async (_, oneX, oneDy) => {
    const size = 128 * 3 + 40;
    for (const more of [0, 1, 17, 130]) {
      for (let at = 0; at + more < size; at += 11) {
        const [x, dy] = [wave(size), wave(size, 1).map((value) => value + 2)];
        for (const k of [at, at + more]) [x[k], dy[k]] = [oneX, oneDy];
        await agrees(op, [x, C, D, dy], 2e-5);
      }
    }
  });

  it.each([0, -0])('answer for a dead denominator, d = %d', async (zero) => {
    const huge = [1e10, -1e10, 1e20, 3e38, -3e38];
    for (const x of [huge, [...huge, ...wave(123)], wave(64).map((value) => value * 1e5)]) {
      // The sums over such x are infinite, or no numbers; dy = 0 where x is huge leaves the others.
      await agrees(op, [x, C, [zero, zero, zero, zero], x.map((value) => (Math.abs(value) > 100 ? 0 : 0.5))], 2e-5);
    }
  });

  it('answer for coefficients beyond what single precision is safe for', async () => {
    for (const large of [4097, 1e12, 3e38, -3e38]) {
      await agrees(op, [wave(100), [large, 0.5, 0.2, 0.1, 0.05, 0.01], D]);
      await agrees(op, [wave(100), C, [0.1, 0.1, 0.1, large]]);
    }
    expect(valueAndGradients(op, wave(100), [NaN, 0, 0, 0, 0, 0], D).y.every(Number.isNaN)).toBe(true);
  });

  it('answer for every incoming gradient', async () => {
    for (const size of [1e-45, 1e-40, 1e-30, 1e-15, 1e4, 1e6, 1e20, 1e35]) {
      const dy = wave(100)
        .map((value, k) => (k % 7 === 0 ? 0 : value * size))
        .map(Math.fround);
      const x = wave(100, 30);
      const [ours, theirs] = [valueAndGradients(op, x, C, D, dy), await onCpu(op, x, C, D, dy)];
      for (const part of ['dx', 'dc', 'dd'] as const) {
        const unit = Math.max(size, 1e-44);
        close(
          ours[part].map((v) => v / unit),
          theirs[part].map((v) => v / unit),
          `${part} at ${size}`,
        );
      }
    }
  });

  it('treat -0 as 0 at the kinks', async () => {
    // Every denominator's basis value is -0 or 0 somewhere here: He_2(1) = 0, He_3(0) = 0.
    const x = Array.from({ length: 64 }, (_, k) => [0, -0, 1, -1][k % 4]!);
    const { dx } = valueAndGradients(op, x, C, D);
    const expected = (await onCpu(op, x, C, D)).dx;
    close(dx, expected, 'dx');
    expect(dx[1]).toBe(dx[0]);
  });

  it.each([1e3, 1e4, 1e5, 1e6])('sum %d elements as well as few', (size) => {
    // All alike: rounding errors then have the same direction, which is the worst for a long sum.
    for (const x of [
      wave(size),
      Array<number>(size).fill(Math.fround(0.7)),
      Array<number>(size).fill(Math.fround(-2.3)),
    ]) {
      const { dc, dd } = valueAndGradients(op, x, C, D);
      const terms = parameterGradients(x);
      [...dc, ...dd].forEach((sum, i) => {
        const units = Math.abs(sum - terms[i]!.sum) / (2 ** -24 * terms[i]!.size);

        expect(units, `sum ${i} of ${size}: ${sum} instead of ${terms[i]!.sum}`).toBeLessThan(16);
      });
    }
  });

  it('give the same bits on every run, wherever tensors lie', () => {
    const [x, dy] = [wave(5003), wave(5003, 1)];
    const first = valueAndGradients(op, x, C, D, dy);
    const between = tensor1d([1, 2, 3]);
    expect(valueAndGradients(op, x, C, D, dy)).toEqual(first);
    between.dispose();
    expect(valueAndGradients(op, x, C, D, dy)).toEqual(first);
  });

  it('go on when the memory grows', () => {
    const [c, d] = [tensor1d(C), tensor1d(D)];
    const before = numbers(op(wave(100), c, d));
    const kept = tensor1d(wave(100));
    // 64 MB: more than there is at the start.
    const large = tidy(() => op(tensor1d(new Float32Array(1 << 24).fill(0.5)), c, d));
    const after = op(kept, c, d);
    expect(numbers(after)).toEqual(before);
    const values = large.dataSync();
    expect(values.every((value) => value === values[0])).toBe(true);
    for (const tensor of [c, d, kept, large, after] as Tensor[]) tensor.dispose();
  });

  it('leave no memory behind', () => {
    const run = (): void => void valueAndGradients(op, wave(1000), C, D);
    run();
    const before = memory();
    run();
    expect(memory()).toMatchObject({
      numTensors: before.numTensors,
      numBytes: before.numBytes,
      numDataBuffers: before.numDataBuffers,
    });
  });
});

describe('the kernels of other specs', () => {
  beforeAll(() => useBackend('wasm'));
  const x = [...wave(100, 2), 1e4, -1e6, ...wave(60, 1)];

  it.each([
    ['monomial', 3, 2, 'abs-sum'],
    ['legendre', 3, 2, 'none'],
    ['chebyshev-u', 2, 3, 'sum-abs'],
    ['chebyshev-t', 7, 6, 'abs-sum'],
    ['laguerre', 2, 0, 'sum-abs'],
    ['monomial', 0, 1, 'sum-abs'],
    ['hermite-phys', 9, 8, 'sum-abs'],
    ['monomial', 32, 32, 'abs-sum'],
  ] as const)('%s %d/%d %s agree with doubles', async (basis, m, n, denominator) => {
    const { op } = await emitAndLoad(specOf(basis, m, n, denominator), arithmeticOnly);
    const c = Array.from({ length: m + 1 }, (_, i) => 0.5 ** i);
    const d = Array.from({ length: n }, (_, j) => 0.25 ** (j + 1));
    await agrees(op, [x, c, d, x.map((value) => (Math.abs(value) > 100 ? 0 : 1))], 3e-5);
  });
});
