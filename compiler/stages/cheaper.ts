import { countOperations } from './count.js';
import { safeRadius } from './radius.js';
import type { NamedProgram, Program } from '../program.js';

/** Up to here x is so common that it must not be left to doubles, whatever that would save elsewhere. */
const COMMON = 64;

/**
 * Of two programs for the same in vectors of float32 the one with fewer operations backwards: the other one only if it is safe for
 * every common x, or as far as the first.
 */
export function cheaper(one: NamedProgram, other: NamedProgram): NamedProgram {
  const [operations, others] = [one, other].map(({ backward }) => sizeOf(backward)) as [number, number];
  if (operations <= others) return one;
  const [radius = 0, otherRadius = 0] = [one, other].map(({ backward }) => safeRadius(backward));
  return otherRadius >= Math.min(COMMON, radius) ? other : one;
}

function sizeOf(backward: Program['backward']): number {
  const { add, mul, div, abs, compare } = countOperations(backward, 0);
  return add + mul + div + abs + compare;
}
