import { evaluate, type Arithmetic } from '../expr/evaluate.js';
import { topological } from '../expr/node.js';
import type { Output } from './share.js';

/**
 * What plain single precision is safe for. Beyond any of these limits kernels compute in doubles:
 *   |c_i|, |d_j| <= coefficient,  |x| <= radius,  dy = 0 or lightest <= |dy| <= heaviest
 */
export const SAFE = { coefficient: 2 ** 12, lightest: 2 ** -60, heaviest: 2 ** 16 } as const;

/** Up to 2^8 values are summed in single precision before the sum goes on in doubles, and 2^128 is too large. */
const LARGEST = 2 ** 119;

/** Where Q stays below, dy / Q stays a normal number, 2^-60 / 2^64 > 2^-126: the gradients lose no digit to dy. */
const LARGEST_DIVISOR = 2 ** 64;

/**
 * Bounds of magnitudes instead of values. A divisor is Q, which is at least 1; the denominator without absolute values
 * can be smaller, and then F is near a pole.
 */
const magnitudes: Arithmetic<number> = {
  constant: (value) => Math.abs(value.valueOf()),
  add: (a, b) => a + b,
  sub: (a, b) => a + b,
  mul: (a, b) => a * b,
  div: (a, b) => (b > LARGEST_DIVISOR ? Infinity : a),
  max: Math.max,
  neg: (a) => a,
  abs: (a) => a,
  sgn: () => 1,
};

/**
 * The largest power of two such that no intermediate value of an unstabilised program leaves float32 while |x| does not
 * exceed it: every node of the program itself is bounded, term by term. Undefined if that is not even so up to 1.
 */
export function safeRadius(outputs: readonly Output[]): number | undefined {
  const nodes = topological(outputs.map((output) => output.expr));
  const isSafe = (radius: number): boolean => {
    const inputs = new Map(
      nodes.flatMap((node) => (node.kind === 'variable' ? [[node.name, node.varying ? radius : SAFE.coefficient] as const] : [])),
    ).set('dy', SAFE.heaviest);
    return evaluate(nodes, inputs, magnitudes).every((bound) => bound <= LARGEST);
  };
  for (let radius = 2 ** 24; radius >= 1; radius /= 2) if (isSafe(radius)) return radius;
  return undefined;
}
