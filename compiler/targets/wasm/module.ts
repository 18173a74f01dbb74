import { get, op, opWith, set, type WasmFunction, type WasmModule } from './code.js';
import { backwardDoubles, forwardDoubles } from './doubles.js';
import { backwardDriver, forwardDriver } from './driver.js';
import { backwardSingles, forwardSingles } from './singles.js';
import { safeEnd } from './safety.js';
import { slotOf } from '../coefficients.js';
import { InternalError } from '../../errors.js';
import type { Activation } from '../../activation.js';
import { safeRadius } from '../../stages/radius.js';
import { SAFE } from '../../stages/safe.js';
import type { Output } from '../../stages/share.js';

/**
 * The kernels of tfjs's wasm backend, exported as `forward(xs, n, c, d, ys)` and `backward(xs, dys, n, c, d, dxs, dc,
 * dd)`: places in memory in bytes, and the number of elements. Each runs plain float32 vectors as far as those are safe,
 * and pairs of doubles elsewhere, the last few elements included. `relaxed`: the vectors with fused multiply-add.
 */
export function activationModule({ spec, names, plain, doubles }: Activation, relaxed = false): WasmModule {
  const sums = doubles.backward.filter((output) => output.name !== 'dx');
  checkFactors(sums, plain.backward);
  const [forwardRadius, backwardRadius] = [safeRadius(plain.forward), safeRadius(plain.backward)];
  const coefficients = [
    ...Array.from({ length: spec.m + 1 }, (_, i) => `c${i}`),
    ...Array.from({ length: spec.n }, (_, j) => `d${j + 1}`),
  ];
  const functions: WasmFunction[] = [];
  if (forwardRadius !== undefined || backwardRadius !== undefined) functions.push(coefficientsFit(coefficients));
  if (forwardRadius !== undefined) {
    functions.push(forwardSingles(plain.names, plain.forward, forwardRadius, relaxed));
  }
  functions.push(forwardDoubles(names, doubles.forward), forwardDriver(forwardRadius !== undefined));
  if (backwardRadius !== undefined) {
    functions.push(safeEnd(backwardRadius), backwardSingles(plain.names, plain.backward, backwardRadius, relaxed));
  }
  functions.push(backwardDoubles(names, doubles.backward), backwardDriver(backwardRadius !== undefined, sums));
  return { globals: sums.map((sum) => [sum.name, 'v128'] as const), functions };
}

/** Both programs add to the same sums, so what is multiplied on afterwards must be one and the same. */
function checkFactors(sums: readonly Output[], others: readonly Output[]): void {
  for (const { name, sign, factor } of sums) {
    const other = others.find((output) => output.name === name);
    if (other?.sign === sign && other.factor === factor) continue;
    throw new InternalError(`the sums for ${name} in singles and in doubles are not of the same quantity`);
  }
}

/** Whether no coefficient is beyond the limit; f32.max hands NaN on, and NaN is not. */
function coefficientsFit(names: readonly string[]): WasmFunction {
  const magnitudes = names.map((name) => op('f32.abs', opWith('f32.load', 4 * slotOf(name), get(name.charAt(0)))));
  return {
    name: 'coefficients_fit',
    exported: false,
    parameters: [
      ['c', 'i32'],
      ['d', 'i32'],
    ],
    result: 'i32',
    locals: [['largest', 'f32']],
    body: [
      ...magnitudes.map((magnitude) => set('largest', op('f32.max', get('largest'), magnitude))),
      op('f32.le', get('largest'), opWith('f32.const', SAFE.coefficient)),
    ],
  };
}
