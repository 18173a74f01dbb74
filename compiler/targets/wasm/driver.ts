import { loadParameters, print } from './arithmetic.js';
import { call, get, i32, op, opWith, set, until, when, type Code, type Local, type WasmFunction } from './code.js';
import { bytesOf, doubleLane } from './lane.js';
import { BACKWARD, FORWARD } from './signature.js';
import { slotOf } from '../coefficients.js';
import { topological } from '../../expr/node.js';
import type { Output } from '../../stages/share.js';

/** Elements that doubles take over from singles at a time: fewer would change over too often where many are large. */
const LARGE_BLOCK = 64;

/** Elements summed in single precision, 32 a lane, before the sums go on in doubles: the error stays below 16 units. */
const SUM_BLOCK = 128;

const LOCALS: readonly Local[] = [
  ['done', 'i32'],
  ['radius', 'f32'],
];

/** The exported `forward`. */
export const forwardDriver = (radius: number | undefined): WasmFunction => ({
  name: 'forward',
  exported: true,
  parameters: FORWARD,
  result: undefined,
  locals: LOCALS,
  body: alternate('forward', FORWARD, radius, get('n')),
});

/** The exported `backward`: the sums start at 0, and are written at the end. */
export function backwardDriver(radius: number | undefined, sums: readonly Output[]): WasmFunction {
  const factors = topological(sums.flatMap(({ factor }) => (factor === undefined ? [] : [factor])));
  const used = factors.flatMap((node) => (node.kind === 'variable' ? [node.name] : []));
  return {
    name: 'backward',
    exported: true,
    parameters: [...BACKWARD, ['dc', 'i32'], ['dd', 'i32']],
    result: undefined,
    locals: [...LOCALS, ...used.map((name): Local => [name, 'f64'])],
    body: [
      ...sums.map((sum) => opWith('global.set', sum.name, opWith('f64.const', 0))),
      ...alternate('backward', BACKWARD, radius, atMost(SUM_BLOCK)),
      ...loadParameters(used, doubleLane),
      ...sums.map(storeSum),
    ],
  };
}

/** dc_i or dd_j from its sum, with its sign and what all elements have in common. */
function storeSum({ name, sign, factor }: Output): Code {
  const sum = opWith('global.get', name);
  const scaled =
    factor === undefined ? sum : doubleLane.mul(print(factor, { nameOf: () => undefined }, doubleLane), sum);
  return doubleLane.store(name.slice(0, 2), 4 * slotOf(name), sign < 0 ? doubleLane.neg(scaled) : scaled);
}

/** Singles, `block` elements at a time, as far as they go; doubles where they stop; and on. A radius of -1 stops them everywhere. */
function alternate(
  name: string,
  parameters: readonly Local[],
  radius: number | undefined,
  block: Code,
): readonly Code[] {
  const operands = (n: Code): Code[] => parameters.map(([parameter]) => (parameter === 'n' ? n : get(parameter)));
  if (radius === undefined) return [call(`${name}_doubles`, ...operands(get('n')))];
  const fit = call('coefficients_fit', get('c'), get('d'));
  const arrays = parameters.filter(([parameter]) => parameter.endsWith('s'));
  return [
    set('radius', op('select', opWith('f32.const', radius), opWith('f32.const', -1), fit)),
    until(op('i32.eqz', get('n')), [
      set('done', call(`${name}_singles`, ...operands(block), get('radius'))),
      when(op('i32.eqz', get('done')), [
        set('done', atMost(LARGE_BLOCK)),
        call(`${name}_doubles`, ...operands(get('done'))),
      ]),
      set('n', op('i32.sub', get('n'), get('done'))),
      ...arrays.map(([array]) => set(array, op('i32.add', get(array), bytesOf(get('done'))))),
    ]),
  ];
}

/** min(n, limit) */
const atMost = (limit: number): Code => op('select', get('n'), i32(limit), op('i32.lt_u', get('n'), i32(limit)));
