import { loadParameters, print } from './arithmetic.js';
import { call, get, i32, op, opWith, set, until, when, type Code, type Local, type WasmFunction } from './code.js';
import { bytesOf, doubleLane } from './lane.js';
import { BACKWARD, FORWARD } from './signature.js';
import { slotOf } from '../coefficients.js';
import { topological } from '../../expr/node.js';
import type { Output } from '../../stages/share.js';

/**
 * Elements that doubles take over from singles at a time: one turn's, so that a single large x costs little, and twice as
 * many each time that singles then get nowhere, so that many large x do not cost a change-over each.
 */
const LARGE_BLOCK = { first: 16, most: 256 };

const LOCALS: readonly Local[] = [
  ['done', 'i32'],
  ['large', 'i32'],
  ['fit', 'i32'],
];

/** The exported `forward`. */
export const forwardDriver = (singles: boolean): WasmFunction => ({
  name: 'forward',
  exported: true,
  parameters: FORWARD,
  result: undefined,
  locals: LOCALS,
  body: alternate('forward', FORWARD, singles),
});

/** The exported `backward`: the sums start at 0, and are written at the end. */
export function backwardDriver(singles: boolean, sums: readonly Output[]): WasmFunction {
  const factors = topological(sums.flatMap(({ factor }) => (factor === undefined ? [] : [factor])));
  const used = factors.flatMap((node) => (node.kind === 'variable' ? [node.name] : []));
  return {
    name: 'backward',
    exported: true,
    parameters: [...BACKWARD, ['dc', 'i32'], ['dd', 'i32']],
    result: undefined,
    locals: [...LOCALS, ...used.map((name): Local => [name, 'f64'])],
    body: [
      ...sums.map((sum) => opWith('global.set', sum.name, opWith('v128.const f64x2', 0))),
      ...alternate('backward', BACKWARD, singles),
      ...loadParameters(used, doubleLane),
      ...sums.map(storeSum),
    ],
  };
}

/** dc_i or dd_j from its sum, with its sign and what all elements have in common. */
function storeSum({ name, sign, factor }: Output): Code {
  const half = (lane: number): Code => opWith('f64x2.extract_lane', lane, opWith('global.get', name));
  const sum = doubleLane.add(half(0), half(1));
  const scaled =
    factor === undefined ? sum : doubleLane.mul(print(factor, { nameOf: () => undefined }, doubleLane), sum);
  return doubleLane.store(name.slice(0, 2), 4 * slotOf(name), sign < 0 ? doubleLane.neg(scaled) : scaled);
}

/** Singles as far as they go, if the coefficients fit; doubles where they stop; and on. */
function alternate(name: string, parameters: readonly Local[], singles: boolean): readonly Code[] {
  const operands = (n: Code): Code[] => parameters.map(([parameter]) => (parameter === 'n' ? n : get(parameter)));
  if (!singles) return [call(`${name}_doubles`, ...operands(get('n')))];
  const arrays = parameters.filter(([parameter]) => parameter.endsWith('s'));
  return [
    set('fit', call('coefficients_fit', get('c'), get('d'))),
    until(op('i32.eqz', get('n')), [
      set('done', call(`${name}_singles`, ...operands(op('select', get('n'), i32(0), get('fit'))))),
      set('large', op('select', i32(LARGE_BLOCK.first), atMost('large', i32(LARGE_BLOCK.most)), get('done'))),
      when(op('i32.eqz', get('done')), [
        set('large', op('select', get('large'), i32(LARGE_BLOCK.first), get('large'))),
        set('done', atMost('n', get('large'))),
        call(`${name}_doubles`, ...operands(get('done'))),
        set('large', op('i32.shl', get('large'), i32(1))),
      ]),
      set('n', op('i32.sub', get('n'), get('done'))),
      ...arrays.map(([array]) => set(array, op('i32.add', get(array), bytesOf(get('done'))))),
    ]),
  ];
}

/** min(local, limit) */
const atMost = (local: string, limit: Code): Code => op('select', get(local), limit, op('i32.lt_u', get(local), limit));
