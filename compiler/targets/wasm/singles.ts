import { accumulated, localsOf, prelude, signedValue, statements } from './arithmetic.js';
import {
  advance,
  get,
  i32,
  invariants,
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
import { FLOAT64, nearest } from '../number.js';
import { ONE, ZERO, type Fraction } from '../../exact/rational.js';
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

/** Elements summed in single precision, 32 a lane, before the sums go on in doubles: the error stays below 16 units. */
const SUM_BYTES = 4 * 128;

/**
 * As many whole turns of plain single precision as are safe; returns how many elements that were. It stops at the first
 * turn with an x beyond the radius (stages/radius.ts), whose results then do not count. NaN is beyond every radius.
 */
export function forwardSingles(names: Names, outputs: readonly Output[], relaxed: boolean): WasmFunction {
  const plan = schedule(names, outputs, { longest: 14, reserved: RESERVED });
  const lane = new SingleLane(relaxed);
  const larger = (offset: number): Code =>
    offset === 0 ? lane.abs(get('x')) : op('i32x4.max_s', get('largest'), lane.abs(get('x')));
  const turns = eachTurn(
    'end',
    ['xs', 'ys'],
    [
      ...OFFSETS.flatMap((offset) => [
        set('x', lane.load('xs', offset)),
        set('largest', larger(offset)),
        ...statements(plan.body, plan, lane),
        lane.store('ys', offset, signedValue(outputs[0]!, plan, lane)),
      ]),
      leaveIf(op('i32x4.gt_s', get('largest'), get('limit'))),
    ],
  );
  return {
    name: 'forward_singles',
    exported: false,
    parameters: [...FORWARD, ['radius', 'f32']],
    result: 'i32',
    ...framed(plan, lane, turns, ['x', 'largest']),
  };
}

/** The same backwards: dy must be safe, too, and both are looked at beforehand, lest the sums be spoilt. */
export function backwardSingles(names: Names, outputs: readonly Output[], relaxed: boolean): WasmFunction {
  const sums = outputs.filter((output) => output.name !== 'dx');
  const dx = outputs.find((output) => output.name === 'dx')!;
  const plan = schedule(names, outputs, { longest: 14, reserved: [...RESERVED, ...sums.map((sum) => sum.name)] });
  const lane = new SingleLane(relaxed);
  const turns = eachTurn(
    'blockEnd',
    ['xs', 'dys', 'dxs'],
    [
      ...leaveIfUnsafe(lane),
      ...OFFSETS.flatMap((offset) => [
        set('x', lane.load('xs', offset)),
        set('dy', lane.load('dys', offset)),
        ...statements(plan.body, plan, lane),
        lane.store('dxs', offset, signedValue(dx, plan, lane)),
        ...sums.map((sum) => set(sum.name, accumulated(get(sum.name), sum.expr, plan, lane))),
      ]),
    ],
  );
  const zero = lane.constant(ZERO);
  const blockEnd = op('i32.add', get('xs'), i32(SUM_BYTES));
  const blocks = until(op('i32.ge_u', get('xs'), get('end')), [
    set('blockEnd', op('select', blockEnd, get('end'), op('i32.lt_u', blockEnd, get('end')))),
    ...sums.map((sum) => set(sum.name, zero)),
    turns,
    ...sums.map((sum) => addToGlobal(sum.name, sums)),
    leave(op('i32.lt_u', get('xs'), get('blockEnd'))),
  ]);
  return {
    name: 'backward_singles',
    exported: false,
    parameters: [...BACKWARD, ['radius', 'f32']],
    result: 'i32',
    ...framed(plan, lane, blocks, ['x', 'dy', 'largest', 'heaviest', 'lightest', ...sums.map((sum) => sum.name)]),
  };
}

/** Leaves the loop unless a whole turn's x and dy are safe. */
function leaveIfUnsafe(lane: SingleLane): readonly Code[] {
  const weights = (offset: number): Code => lane.abs(lane.load('dys', offset));
  return [
    set(
      'largest',
      extreme('i32x4.max_s', (offset) => lane.abs(lane.load('xs', offset))),
    ),
    set('heaviest', extreme('i32x4.max_s', weights)),
    // A lane's lowest number is -2^31: one is taken off and that added, so that 0 becomes the highest.
    set(
      'lightest',
      extreme('i32x4.min_s', (offset) => op('i32x4.add', weights(offset), lane.magnitude())),
    ),
    leaveIf(
      op(
        'v128.or',
        op('i32x4.gt_s', get('largest'), get('limit')),
        op(
          'v128.or',
          op('i32x4.gt_s', get('heaviest'), lane.bits('heaviest', float32Bits(SAFE.heaviest))),
          op('i32x4.lt_s', get('lightest'), lane.bits('lightest', float32Bits(SAFE.lightest) + 0x7fffffff)),
        ),
      ),
    ),
  ];
}

/** A sum's four numbers onto the two doubles of the global of its name. */
function addToGlobal(name: string, sums: readonly Output[]): Code {
  const scaled = (sum: Code, by: Fraction): Code =>
    by.equals(1) ? sum : op('f64x2.mul', opWith('v128.const f64x2', nearest(by, FLOAT64)), sum);
  const wanted = (of: string): Code => {
    const { own, other } = sums.find((sum) => sum.name === of)!.repair ?? { own: ONE };
    const sum = scaled(pairOf(of), own);
    return other === undefined ? sum : op('f64x2.add', sum, scaled(wanted(other.name), other.times));
  };
  return opWith('global.set', name, op('f64x2.add', opWith('global.get', name), wanted(name)));
}

/** A vector's four numbers as two sums in double precision. */
function pairOf(name: string): Code {
  const swapped = opWith('i8x16.shuffle', '8 9 10 11 12 13 14 15 0 1 2 3 4 5 6 7', get(name), get(name));
  const [low, high] = [get(name), swapped].map((half) => op('f64x2.promote_low_f32x4', half));
  return op('f64x2.add', low!, high!);
}

/** What comes before and after the loop. */
function framed(plan: Schedule, lane: SingleLane, turns: Code, own: readonly string[]) {
  const before = prelude(plan, lane);
  const vectors = [...lane.constants.keys(), 'limit', ...own];
  return {
    locals: [
      ...['start', 'end', 'blockEnd'].map((name): Local => [name, 'i32']),
      ...vectors.map((name): Local => [name, 'v128']),
      ...localsOf(plan, lane),
    ],
    body: [
      invariants([
        ...[...lane.constants].map(([name, code]) => set(name, code)),
        ...before,
        set('limit', op('f32x4.splat', get('radius'))),
      ]),
      set('start', get('xs')),
      set('end', op('i32.add', get('xs'), bytesOf(op('i32.and', get('n'), i32(-TURN_ELEMENTS))))),
      turns,
      op('i32.shr_u', op('i32.sub', get('xs'), get('start')), i32(2)),
    ],
  };
}

/** A loop over whole turns, which moves the pointers on. */
const eachTurn = (end: string, pointers: readonly string[], body: readonly Code[]): Code =>
  until(op('i32.ge_u', get('xs'), get(end)), [
    ...body,
    ...pointers.map((pointer) => advance(pointer, i32(TURN_BYTES))),
  ]);

const leaveIf = (unsafe: Code): Code => leave(op('v128.any_true', unsafe));

/** Float32 numbers without their signs are in the order of their bits; NaN comes last. */
const extreme = (which: 'i32x4.max_s' | 'i32x4.min_s', bits: (offset: number) => Code): Code =>
  OFFSETS.map(bits).reduce((a, b) => op(which, a, b));

const float32Bits = (value: number): number => new Uint32Array(Float32Array.of(value).buffer)[0]!;
