import { accumulated, localsOf, prelude, signedValue, statements } from './arithmetic.js';
import {
  advance,
  get,
  i32,
  invariants,
  op,
  opWith,
  set,
  until,
  when,
  type Code,
  type Local,
  type WasmFunction,
} from './code.js';
import { DoublesLane } from './lane.js';
import { BACKWARD, FORWARD, RESERVED } from './signature.js';
import { schedule } from '../schedule.js';
import type { Names } from '../../expr/names.js';
import type { Output } from '../../stages/share.js';

/** Two elements a turn in double precision: right at every finite float32 input. */
export function forwardDoubles(names: Names, outputs: readonly Output[]): WasmFunction {
  const plan = schedule(names, outputs, { longest: 14, reserved: RESERVED });
  const lane = new DoublesLane();
  const turns = eachPair(
    ['xs', 'ys'],
    [
      ...loadPair('x', 'xs', 'v128.load32_splat'),
      set('x', lane.finite(get('x'))),
      ...statements(plan.body, plan, lane),
      ...storePair('ys', signedValue(outputs[0]!, plan, lane)),
    ],
  );
  return {
    name: 'forward_doubles',
    exported: false,
    parameters: FORWARD,
    result: undefined,
    ...framed(plan, lane, [], turns, [], ['x']),
  };
}

/** The sums for dc and dd go on from where the globals of their names stand. */
export function backwardDoubles(names: Names, outputs: readonly Output[]): WasmFunction {
  const sums = outputs.filter((output) => output.name !== 'dx');
  const dx = outputs.find((output) => output.name === 'dx')!;
  const plan = schedule(names, outputs, { longest: 14, reserved: [...RESERVED, ...sums.map((sum) => sum.name)] });
  const lane = new DoublesLane();
  const turns = eachPair(
    ['xs', 'dys', 'dxs'],
    [
      ...loadPair('x', 'xs', 'v128.load32_splat'),
      set('x', lane.finite(get('x'))),
      // What is not there weighs nothing in the sums.
      ...loadPair('dy', 'dys', 'v128.load32_zero'),
      ...statements(plan.body, plan, lane),
      ...storePair('dxs', signedValue(dx, plan, lane)),
      ...sums.map((sum) => set(sum.name, accumulated(get(sum.name), sum.expr, plan, lane))),
    ],
  );
  return {
    name: 'backward_doubles',
    exported: false,
    parameters: BACKWARD,
    result: undefined,
    ...framed(
      plan,
      lane,
      sums.map((sum) => set(sum.name, opWith('global.get', sum.name))),
      turns,
      sums.map((sum) => opWith('global.set', sum.name, get(sum.name))),
      ['x', 'dy', ...sums.map((sum) => sum.name)],
    ),
  };
}

/** What comes before and after the loop. */
function framed(
  plan: ReturnType<typeof schedule>,
  lane: DoublesLane,
  start: readonly Code[],
  turns: readonly Code[],
  end: readonly Code[],
  own: readonly string[],
) {
  const before = prelude(plan, lane);
  const vectors = [...lane.constants.keys(), 'four', ...own];
  return {
    locals: [...localsOf(plan, lane), ...vectors.map((name): Local => [name, 'v128'])],
    body: [
      invariants([...[...lane.constants].map(([name, code]) => set(name, code)), ...before]),
      ...start,
      ...turns,
      ...end,
    ],
  };
}

/** A loop over n elements, two at a time; in the last turn there may be one. */
const eachPair = (pointers: readonly string[], body: readonly Code[]): readonly Code[] => [
  until(op('i32.eqz', get('n')), [
    ...body,
    ...pointers.map((pointer) => advance(pointer, i32(8))),
    set('n', op('i32.sub', get('n'), op('select', i32(2), i32(1), isPair()))),
  ]),
];

const isPair = (): Code => op('i32.lt_u', i32(1), get('n'));

/** Two elements; where there is only one, it and what `single` puts beside it. */
const loadPair = (name: string, pointer: string, single: 'v128.load32_splat' | 'v128.load32_zero'): readonly Code[] => [
  set('four', opWith(single, 0, get(pointer))),
  when(isPair(), [set('four', opWith('v128.load64_zero', 0, get(pointer)))]),
  set(name, op('f64x2.promote_low_f32x4', get('four'))),
];

const storePair = (pointer: string, value: Code): readonly Code[] => [
  set('four', op('f32x4.demote_f64x2_zero', value)),
  opWith('v128.store32_lane', 0, get(pointer), get('four')),
  when(isPair(), [opWith('v128.store64_lane', 0, get(pointer), get('four'))]),
];
