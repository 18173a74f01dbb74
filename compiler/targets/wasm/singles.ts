import { localsOf, prelude, print, signedValue, statements } from './arithmetic.js';
import {
  advance,
  call,
  get,
  i32,
  leave,
  op,
  opWith,
  set,
  until,
  type Code,
  type Local,
  type WasmFunction,
} from './code.js';
import { bytesOf, SingleLane } from './lane.js';
import { BACKWARD, FORWARD, RESERVED } from './signature.js';
import { schedule, type Schedule } from '../schedule.js';
import type { Names } from '../../expr/names.js';
import { SAFE } from '../../stages/radius.js';
import type { Output } from '../../stages/share.js';

/**
 * Vectors a turn of the loop, each finished before the next: four together take 20 % less time than four turns of one.
 * Eight gain little more, and leave more elements over.
 */
const OFFSETS = [0, 16, 32, 48];
const TURN_BYTES = 64;
const TURN_ELEMENTS = 16;

/**
 * As many whole turns of plain single precision as are safe; returns how many elements that were. It stops at the first
 * turn with an x beyond the radius (stages/radius.ts). NaN is beyond every radius.
 */
export function forwardSingles(names: Names, outputs: readonly Output[]): WasmFunction {
  const plan = schedule(names, outputs, { longest: 14, reserved: RESERVED });
  const lane = new SingleLane();
  const turns = eachTurn(
    ['xs', 'ys'],
    [
      set(
        'largest',
        extreme('i32x4.max_u', (offset) => lane.abs(lane.load('xs', offset))),
      ),
      leaveUnless(op('f32x4.le', get('largest'), get('limit'))),
      ...OFFSETS.flatMap((offset) => [
        set('x', lane.load('xs', offset)),
        ...statements(plan.body, plan, lane),
        lane.store('ys', offset, signedValue(outputs[0]!, plan, lane)),
      ]),
    ],
  );
  return {
    name: 'forward_singles',
    exported: false,
    parameters: [...FORWARD, ['radius', 'f32']],
    result: 'i32',
    ...framed(plan, lane, [], turns, [
      ['x', 'v128'],
      ['largest', 'v128'],
    ]),
  };
}

/** The same backwards: dy must be safe, too. The sums go into the globals, in doubles, at the end. */
export function backwardSingles(names: Names, outputs: readonly Output[]): WasmFunction {
  const sums = outputs.filter((output) => output.name !== 'dx');
  const dx = outputs.find((output) => output.name === 'dx')!;
  const plan = schedule(names, outputs, { longest: 14, reserved: [...RESERVED, ...sums.map((sum) => sum.name)] });
  const lane = new SingleLane();
  const turns = eachTurn(
    ['xs', 'dys', 'dxs'],
    [
      set(
        'largest',
        extreme('i32x4.max_u', (offset) => lane.abs(lane.load('xs', offset))),
      ),
      set(
        'heaviest',
        extreme('i32x4.max_u', (offset) => lane.abs(lane.load('dys', offset))),
      ),
      // 0 becomes the largest number here, so that it is not too light.
      set(
        'lightest',
        extreme('i32x4.min_u', (offset) => {
          return op('i32x4.sub', lane.abs(lane.load('dys', offset)), lane.bits('1', 1));
        }),
      ),
      leaveUnless(
        op(
          'v128.and',
          op('f32x4.le', get('largest'), get('limit')),
          op(
            'v128.and',
            op('i32x4.le_u', get('heaviest'), lane.bits('heaviest', float32Bits(SAFE.heaviest))),
            op('i32x4.ge_u', get('lightest'), lane.bits('lightest', float32Bits(SAFE.lightest) - 1)),
          ),
        ),
      ),
      ...OFFSETS.flatMap((offset) => [
        set('x', lane.load('xs', offset)),
        set('dy', lane.load('dys', offset)),
        ...statements(plan.body, plan, lane),
        lane.store('dxs', offset, signedValue(dx, plan, lane)),
        ...sums.map((sum) => set(sum.name, lane.add(get(sum.name), print(sum.expr, plan, lane)))),
      ]),
    ],
  );
  const total = (name: string): Code => op('f64.add', opWith('global.get', name), call('sum_of_lanes', get(name)));
  const flush = sums.map(({ name }) => opWith('global.set', name, total(name)));
  const own = ['x', 'dy', 'largest', 'heaviest', 'lightest', ...sums.map((sum) => sum.name)];
  return {
    name: 'backward_singles',
    exported: false,
    parameters: [...BACKWARD, ['radius', 'f32']],
    result: 'i32',
    ...framed(
      plan,
      lane,
      flush,
      turns,
      own.map((name): Local => [name, 'v128']),
    ),
  };
}

/** A vector's four numbers summed in double precision. */
export function sumOfLanes(): WasmFunction {
  const lane = (index: number): Code => op('f64.promote_f32', opWith('f32x4.extract_lane', index, get('v')));
  return {
    name: 'sum_of_lanes',
    exported: false,
    parameters: [['v', 'v128']],
    result: 'f64',
    locals: [],
    body: [op('f64.add', op('f64.add', lane(0), lane(1)), op('f64.add', lane(2), lane(3)))],
  };
}

/** What comes before and after the loop. New locals are 0, so sums need no start. */
function framed(
  plan: Schedule,
  lane: SingleLane,
  flush: readonly Code[],
  turns: readonly Code[],
  own: readonly Local[],
) {
  const before = prelude(plan, lane);
  return {
    locals: [
      ['start', 'i32'],
      ['end', 'i32'],
      ['limit', 'v128'],
      ...[...lane.constants.keys()].map((name): Local => [name, 'v128']),
      ...localsOf(plan, lane),
      ...own,
    ] as readonly Local[],
    body: [
      ...[...lane.constants].map(([name, code]) => set(name, code)),
      ...before,
      set('limit', op('f32x4.splat', get('radius'))),
      set('start', get('xs')),
      ...turns,
      ...flush,
      op('i32.shr_u', op('i32.sub', get('xs'), get('start')), i32(2)),
    ],
  };
}

/** A loop over whole turns, which moves the pointers on. */
function eachTurn(pointers: readonly string[], body: readonly Code[]): readonly Code[] {
  return [
    set('end', op('i32.add', get('xs'), bytesOf(op('i32.and', get('n'), i32(-TURN_ELEMENTS))))),
    until(op('i32.ge_u', get('xs'), get('end')), [
      ...body,
      ...pointers.map((pointer) => advance(pointer, i32(TURN_BYTES))),
    ]),
  ];
}

const leaveUnless = (allTrue: Code): Code => leave(op('i32.eqz', op('i32x4.all_true', allTrue)));

/** Float32 numbers without their signs are in the order of their bits; NaN comes last. */
const extreme = (which: 'i32x4.max_u' | 'i32x4.min_u', bits: (offset: number) => Code): Code =>
  OFFSETS.map(bits).reduce((a, b) => op(which, a, b));

const float32Bits = (value: number): number => new Uint32Array(Float32Array.of(value).buffer)[0]!;
