import { accumulated, fuses, localsOf, prelude, signedValue, statements } from './arithmetic.js';
import {
  advance,
  call,
  get,
  i32,
  invariants,
  leave,
  op,
  opWith,
  set,
  until,
  when,
  withLocals,
  type Code,
  type Local,
  type WasmFunction,
} from './code.js';
import { bytesOf, SingleLane } from './lane.js';
import { afterSet, beforeUse } from './order.js';
import { both, SAFE_END, squareOfX, watchDy, watchX } from './safety.js';
import { BACKWARD, FORWARD, RESERVED } from './signature.js';
import { AHEAD_BYTES, OFFSETS, PAIRS, SUM_BYTES, TURN_BYTES, TURN_ELEMENTS } from './turn.js';
import { schedule, type Schedule } from '../schedule.js';
import { FLOAT64, nearest } from '../number.js';
import { ONE, ZERO, type Fraction } from '../../exact/rational.js';
import type { Names } from '../../expr/names.js';
import { topological } from '../../expr/node.js';
import type { Output } from '../../stages/share.js';

/**
 * As many whole turns of plain single precision as are safe; returns how many elements that were. It stops at the first
 * turn with an x beyond the radius (stages/radius.ts), whose results then do not count.
 */
export function forwardSingles(
  names: Names,
  outputs: readonly Output[],
  radius: number,
  relaxed: boolean,
): WasmFunction {
  const plan = schedule(names, outputs, { longest: 14, reserved: RESERVED });
  const lane = new SingleLane(relaxed);
  const square = squareOfX(plan.body)?.name;
  const watch = watchX(lane, radius, square);
  const turns = until(op('i32.ge_u', get('xs'), get('end')), [
    // Anew each turn: carried on from turn to turn, through memory where registers are short, the extremes are what V8 13 and
    // later would wait for.
    ahead(lane),
    ...watch.start,
    ...OFFSETS.flatMap((offset) => [
      set('x', lane.load('xs', offset)),
      ...afterSet(statements(plan.body, plan, lane), square ?? 'x', watch.track),
      lane.store('ys', offset, signedValue(outputs[0]!, plan, lane)),
    ]),
    leave(op('v128.any_true', watch.unsafe)),
    ...onwards(['xs', 'ys']),
  ]);
  return {
    name: 'forward_singles',
    exported: false,
    parameters: FORWARD,
    result: 'i32',
    ...framed(plan, lane, [turns], ['x', ...watch.locals]),
  };
}

/**
 * The same backwards, where dy must be safe, too. Sums cannot be taken back, so they start anew with each block, and one
 * that turns out not to have been safe is done again as far as it was. The first block is looked at beforehand: after
 * doubles there is likely more for them.
 */
export function backwardSingles(
  names: Names,
  outputs: readonly Output[],
  radius: number,
  relaxed: boolean,
): WasmFunction {
  const sums = outputs.filter((output) => output.name !== 'dx');
  const dx = outputs.find((output) => output.name === 'dx')!;
  const plan = schedule(names, outputs, {
    longest: 14,
    reserved: [...RESERVED, ...sums.map((sum) => sum.name)],
    ...(relaxed ? { fuses } : {}),
  });
  const lane = new SingleLane(relaxed);
  const inSlope = new Set(topological([dx.expr]).map(({ id }) => id));
  const forSlope = plan.body.filter(({ expr }) => inSlope.has(expr.id));
  const forTerms = statements(
    plan.body.filter((statement) => !forSlope.includes(statement)),
    plan,
    lane,
  );
  const square = squareOfX(forSlope)?.name;
  const [xWatch, dyWatch] = [watchX(lane, radius, square), watchDy(lane)];
  const watch = both(xWatch, dyWatch);
  const slope = (offset: number): readonly Code[] => {
    const watched = afterSet(statements(forSlope, plan, lane), square ?? 'x', xWatch.track);
    return [
      set('x', lane.load('xs', offset)),
      ...beforeUse(watched, 'dy', [set('dy', lane.load('dys', offset)), ...dyWatch.track]),
      lane.store('dxs', offset, signedValue(dx, plan, lane)),
    ];
  };
  const terms = sums.map((sum) => set(sum.name, accumulated(get(sum.name), sum.expr, plan, lane)));
  const values = ['x', 'dy', ...plan.body.map(({ name }) => name)];
  const ofSecond = (code: Code): Code => withLocals(code, (local) => (values.includes(local) ? second(local) : local));
  const turns = until(op('i32.ge_u', get('xs'), get('blockEnd')), [
    ...PAIRS.flatMap(([one, other]) => [
      ...slope(one),
      ...slope(other).map(ofSecond),
      ...forTerms,
      ...forTerms.map(ofSecond),
      ...terms.flatMap((term) => [term, ofSecond(term)]),
    ]),
    ...onwards(['xs', 'dys', 'dxs']),
  ]);
  const back = op('i32.sub', get('block'), get('xs'));
  const blockEnd = op('i32.add', get('xs'), i32(SUM_BYTES));
  const blocks = until(op('i32.ge_u', get('xs'), get('end')), [
    set('block', get('xs')),
    set('blockEnd', op('select', blockEnd, get('end'), op('i32.lt_u', blockEnd, get('end')))),
    when(get('doubtful'), [
      set('blockEnd', call(SAFE_END, get('xs'), get('dys'), get('blockEnd'))),
      leave(op('i32.ge_u', get('xs'), get('blockEnd'))),
    ]),
    ...watch.start,
    ...sums.map((sum) => set(sum.name, lane.constant(ZERO))),
    turns,
    when(op('v128.any_true', watch.unsafe), [
      ...['dxs', 'dys', 'xs'].map((pointer) => advance(pointer, back)),
      // Not twice, whatever an engine does.
      leave(get('doubtful')),
      set('doubtful', i32(1)),
      opWith('br', 'next'),
    ]),
    ...sums.map((sum) => addToGlobal(sum.name, sums)),
    // Whatever comes after a block that was cut short is for doubles.
    leave(op('i32.and', get('doubtful'), op('i32.lt_u', get('xs'), op('i32.add', get('block'), i32(SUM_BYTES))))),
    set('doubtful', i32(0)),
  ]);
  return {
    name: 'backward_singles',
    exported: false,
    parameters: BACKWARD,
    result: 'i32',
    ...framed(
      plan,
      lane,
      [set('doubtful', i32(1)), blocks],
      ['x', 'dy', ...watch.locals, ...sums.map((sum) => sum.name), ...values.map(second)],
    ),
  };
}

/** What a pair's second vector calls a value. */
const second = (local: string): string => `${local}:2`;

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
  return op('f64x2.promote_low_f32x4', op('f32x4.add', get(name), swapped));
}

/** What comes before and after the loop. */
function framed(plan: Schedule, lane: SingleLane, turns: readonly Code[], own: readonly string[]) {
  const before = prelude(plan, lane);
  return {
    locals: [
      ...['start', 'end', 'block', 'blockEnd', 'doubtful'].map((name): Local => [name, 'i32']),
      ...[...lane.constants.keys(), ...own].map((name): Local => [name, 'v128']),
      ...localsOf(plan, lane),
    ],
    body: [
      invariants([...[...lane.constants].map(([name, code]) => set(name, code)), ...before]),
      set('start', get('xs')),
      set('end', op('i32.add', get('xs'), bytesOf(op('i32.and', get('n'), i32(-TURN_ELEMENTS))))),
      ...turns,
      op('i32.shr_u', op('i32.sub', get('xs'), get('start')), i32(2)),
    ],
  };
}

/**
 * Has x of a later turn fetched, if there is one: where arrays are larger than the caches, forwards would wait for it. Backwards
 * has more to compute than to fetch.
 */
function ahead(lane: SingleLane): Code {
  const later = op('i32.add', get('xs'), i32(AHEAD_BYTES));
  const place = op('select', later, get('xs'), op('i32.lt_u', later, get('end')));
  return op('drop', lane.load(place, 0));
}

const onwards = (pointers: readonly string[]): readonly Code[] =>
  pointers.map((pointer) => advance(pointer, i32(TURN_BYTES)));
