import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';

/** Small deterministic pictures and filters, and how to compare what is made of them. */
export type Shape4 = [number, number, number, number];

/** Deterministic values in (-1, 1), mulberry32. */
export function random(size: number, seed: number): Float32Array {
  let s = seed;
  return Float32Array.from({ length: size }, () => {
    s = (s + 0x6d2b79f5) | 0;
    let t = Math.imul(s ^ (s >>> 15), 1 | s);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 31 - 1;
  });
}
export const size = (shape: number[]): number => shape.reduce((a, b) => a * b, 1);
export const tensor4 = (shape: Shape4, seed: number): tf.Tensor4D => tf.tensor4d(random(size(shape), seed), shape);

/** The largest difference, relative to the largest expected value. */
export function distance(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  expect(actual.length).toBe(expected.length);
  let most = 0;
  let scale = 1e-30;
  for (let i = 0; i < expected.length; i++) {
    const d = Math.abs(actual[i]! - expected[i]!);
    most = d <= most ? most : d; // a NaN stays
    scale = Math.max(scale, Math.abs(expected[i]!));
  }
  return most / scale;
}

/** Runs `f` on a backend. */
export async function on<T>(backend: string, f: () => T): Promise<T> {
  await tf.setBackend(backend);
  expect(tf.getBackend()).toBe(backend);
  return f();
}
