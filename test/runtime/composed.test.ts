import { grad, sum, tensor, tensor1d, zeros } from '@tensorflow/tfjs-core';
import { abs, sgn, total } from 'opau/runtime';
import { beforeAll, describe, expect, it } from 'vitest';
import { BACKENDS, useBackend } from '../support/backends.js';
import { numbers } from '../support/emit.js';

describe.each(BACKENDS)('on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  it('sgn is -1 below zero, else +1, with derivative 0', () => {
    const v = tensor1d([-2, -1e-45, -0, 0, 3]);
    expect(numbers(sgn(v))).toEqual([-1, -1, 1, 1, 1]);
    expect(numbers(grad((x) => sgn(x))(v))).toEqual([0, 0, 0, 0, 0]);
  });

  it('abs has derivative sgn', () => {
    expect(numbers(grad((x) => abs(x))(tensor1d([-2, 0, 3])))).toEqual([-1, 1, 1]);
  });

  it.each([0, 1, 1023, 1024, 1025, 4096, 5003, 99991])('total adds up %i elements of one set', (size) => {
    const values = Float32Array.from({ length: size }, (_, i) => ((i * 7919) % 101) - 50);
    const exact = values.reduce((sum, value) => sum + value, 0);
    for (const shape of [
      [1, 1, size],
      [size, 1, 1],
    ]) {
      const result = total(tensor(values, shape));
      expect(result.shape).toEqual([1, 1]);
      expect(numbers(result)[0]! + 0).toBe(exact);
    }
  });

  it.each([
    [3, 4, 5],
    [1031, 3, 1],
    [2, 3, 1500],
    [1200, 2, 1300],
    [0, 3, 2],
  ])('total adds up [%i, %i, %i] by set', (outer, sets, inner) => {
    const values = Float32Array.from({ length: outer * sets * inner }, (_, i) => ((i * 7919) % 101) - 50);
    const exact = Array<number>(sets).fill(0);
    values.forEach((value, i) => (exact[Math.floor(i / inner) % sets]! += value));
    const result = total(tensor(values, [outer, sets, inner]));
    expect(result.shape).toEqual([sets, 1]);
    expect(numbers(result)).toEqual(exact);
  });

  it("total's derivative is one everywhere", () => {
    const slopes = grad((x) => sum(total(x)))(zeros([40, 2, 50]));
    expect(slopes.shape).toEqual([40, 2, 50]);
    expect(numbers(slopes).every((value) => value === 1)).toBe(true);
  });

  it('total keeps its accuracy where one running float32 sum loses it', () => {
    const size = 1_000_000;
    const values = Float32Array.from({ length: size }, (_, i) => Math.fround(0.1 + (i % 7) * 1e-3));
    const exact = values.reduce((sum, value) => sum + value, 0);
    const [ours] = numbers(total(tensor(values, [1, 1, size])));
    const running = values.reduce((sum, value) => Math.fround(sum + value), 0);
    expect(Math.abs(running - exact) / exact).toBeGreaterThan(1e-4);
    expect(Math.abs(ours! - exact) / exact).toBeLessThan(1e-5);
  });
});
