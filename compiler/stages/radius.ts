import { evaluate, type Arithmetic } from '../expr/evaluate.js';
import { topological } from '../expr/node.js';
import { SAFE } from './safe.js';
import type { Output } from './share.js';
import { keepsDigitsNearZero, keepsDigitsOfF } from './underflow.js';

/** 2^128 is too large; below it there is room for rounding, and for the 32 values that a lane sums before they go on in doubles. */
const LARGEST = 2 ** 119;

/**
 * Gradients: where Q stays below, w = dy / Q stays a normal number, 2^-66 / 2^60 = 2^-126, and no digit is lost to a small
 * dy. Small x: underflow.ts.
 */
const LARGEST_DIVISOR = 2 ** 60;

/** No radius is larger than 2 to this. */
const LARGEST_EXPONENT = 24;

/**
 * Bounds of magnitudes instead of values. A divisor is Q, which is at least 1; the denominator without absolute values
 * can be smaller, and then F is near a pole.
 */
const magnitudes = (largestDivisor: number): Arithmetic<number> => ({
  constant: (value) => Math.abs(value.valueOf()),
  add: (a, b) => a + b,
  sub: (a, b) => a + b,
  mul: (a, b) => a * b,
  div: (a, b) => (b > largestDivisor ? Infinity : a),
  max: Math.max,
  neg: (a) => a,
  abs: (a) => a,
  sgn: () => 1,
});

/**
 * The largest power of two such that no intermediate value of an unstabilised program leaves float32 while |x| does not
 * exceed it, and no digits are lost: every node of the program itself is bounded, term by term. Undefined if that is not even
 * so up to 1.
 */
export function safeRadius(outputs: readonly Output[]): number | undefined {
  const nodes = topological(outputs.map((output) => output.expr));
  const isGradient = nodes.some((node) => node.kind === 'variable' && node.name === 'dy');
  if (isGradient && !keepsDigitsNearZero(outputs)) return undefined;
  const arithmetic = magnitudes(isGradient ? LARGEST_DIVISOR : Infinity);
  const isSafe = (radius: number): boolean => {
    const inputs = new Map(
      nodes.flatMap((node) =>
        node.kind === 'variable' ? [[node.name, node.varying ? radius : SAFE.coefficient] as const] : [],
      ),
    ).set('dy', SAFE.heaviest);
    if (!evaluate(nodes, inputs, arithmetic).every((bound) => bound <= LARGEST)) return false;
    return !isGradient || keepsDigitsOfF(outputs, radius);
  };
  // All bounds grow with the radius: between an exponent that is safe and one that is not there is the last safe one.
  let [safe, unsafe] = [-1, LARGEST_EXPONENT + 1];
  while (unsafe - safe > 1) {
    const exponent = Math.floor((safe + unsafe) / 2);
    if (isSafe(2 ** exponent)) safe = exponent;
    else unsafe = exponent;
  }
  return safe < 0 ? undefined : 2 ** safe;
}
