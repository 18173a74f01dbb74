import { loadParameters, print, slotOf } from './arithmetic.js';
import { call, get, i32, op, opWith, set, until, when, type Code, type Local, type WasmFunction, type WasmModule } from './code.js';
import { backwardDoubles, forwardDoubles } from './doubles.js';
import { bytesOf, doubleLane } from './lane.js';
import { BACKWARD, FORWARD } from './signature.js';
import { backwardSingles, forwardSingles, sumOfLanes } from './singles.js';
import { InternalError } from '../../errors.js';
import { topological } from '../../expr/node.js';
import type { Activation } from '../../generate.js';
import { safeRadius, SAFE } from '../../stages/radius.js';
import type { Output } from '../../stages/share.js';

/** Elements that doubles take over from singles at a time: fewer would change over too often where many are large. */
const LARGE_BLOCK = 64;

/** Elements summed in single precision, 32 a lane, before the sums go on in doubles: the rounding errors stay below 16 units. */
const SUM_BLOCK = 128;

/**
 * The kernels of tfjs's wasm backend, exported as `forward(xs, n, c, d, ys)` and `backward(xs, dys, n, c, d, dxs, dc,
 * dd)`: places in memory in bytes, and the number of elements. Each runs plain float32 vectors as far as those are safe,
 * and doubles element by element elsewhere, the last few elements included.
 */
export function activationModule({ spec, names, plain, doubles }: Activation): WasmModule {
  const sums = doubles.backward.filter((output) => output.name !== 'dx');
  checkFactors(sums, plain.backward);
  const [forwardRadius, backwardRadius] = [safeRadius(plain.forward), safeRadius(plain.backward)];
  const coefficients = [
    ...Array.from({ length: spec.m + 1 }, (_, i) => `c${i}`),
    ...Array.from({ length: spec.n }, (_, j) => `d${j + 1}`),
  ];
  return {
    globals: sums.map((sum) => sum.name),
    functions: [
      ...(forwardRadius ?? backwardRadius) === undefined ? [] : [coefficientsFit(coefficients)],
      ...forwardRadius === undefined ? [] : [forwardSingles(names, plain.forward)],
      forwardDoubles(names, doubles.forward),
      driver('forward', FORWARD, [], [], alternate('forward', FORWARD, forwardRadius, undefined, ['xs', 'ys'])),
      ...backwardRadius === undefined ? [] : [sumOfLanes(), backwardSingles(names, plain.backward)],
      backwardDoubles(names, doubles.backward),
      driver('backward', [...BACKWARD, ['dc', 'i32'], ['dd', 'i32']], parametersOf(sums), sums, [
        ...sums.map((sum) => opWith('global.set', sum.name, opWith('f64.const', 0))),
        ...alternate('backward', BACKWARD, backwardRadius, SUM_BLOCK, ['xs', 'dys', 'dxs']),
      ]),
    ],
  };
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
    parameters: [['c', 'i32'], ['d', 'i32']],
    result: 'i32',
    locals: [['largest', 'f32']],
    body: [
      ...magnitudes.map((magnitude) => set('largest', op('f32.max', get('largest'), magnitude))),
      op('f32.le', get('largest'), opWith('f32.const', SAFE.coefficient)),
    ],
  };
}

function driver(name: string, parameters: readonly Local[], used: readonly string[], sums: readonly Output[], body: readonly Code[]): WasmFunction {
  return {
    name,
    exported: true,
    parameters,
    result: undefined,
    locals: [['done', 'i32'], ['radius', 'f32'], ...used.map((parameter): Local => [parameter, 'f64'])],
    body: [...body, ...loadParameters(used, doubleLane), ...sums.map(storeSum)],
  };
}

/** dc_i or dd_j from its sum, with its sign and what all elements have in common. */
function storeSum({ name, sign, factor }: Output): Code {
  const sum = opWith('global.get', name);
  const scaled = factor === undefined ? sum : doubleLane.mul(print(factor, { nameOf: () => undefined }, doubleLane), sum);
  return doubleLane.store(name.slice(0, 2), 4 * slotOf(name), sign < 0 ? doubleLane.neg(scaled) : scaled);
}

const parametersOf = (sums: readonly Output[]): readonly string[] => {
  const nodes = topological(sums.flatMap(({ factor }) => (factor === undefined ? [] : [factor])));
  return nodes.flatMap((node) => (node.kind === 'variable' ? [node.name] : []));
};

/** Singles as far as they go, doubles where they stop, and on. A radius below 0 stops them everywhere. */
function alternate(
  name: 'forward' | 'backward',
  parameters: readonly Local[],
  radius: number | undefined,
  block: number | undefined,
  pointers: readonly string[],
): readonly Code[] {
  const run = (which: string, n: Code): Code[] => parameters.map(([parameter]) => (parameter === 'n' ? n : get(parameter))).concat(which === 'singles' ? [get('radius')] : []);
  if (radius === undefined) return [call(`${name}_doubles`, ...run('doubles', get('n')))];
  const fit = call('coefficients_fit', get('c'), get('d'));
  return [
    set('radius', op('select', opWith('f32.const', radius), opWith('f32.const', -1), fit)),
    until(op('i32.eqz', get('n')), [
      set('done', call(`${name}_singles`, ...run('singles', block === undefined ? get('n') : atMost(block)))),
      when(op('i32.eqz', get('done')), [
        set('done', atMost(LARGE_BLOCK)),
        call(`${name}_doubles`, ...run('doubles', get('done'))),
      ]),
      set('n', op('i32.sub', get('n'), get('done'))),
      ...pointers.map((pointer) => set(pointer, op('i32.add', get(pointer), bytesOf(get('done'))))),
    ]),
  ];
}

/** min(n, limit) */
const atMost = (limit: number): Code => op('select', get('n'), i32(limit), op('i32.lt_u', get('n'), i32(limit)));
