import { localsOf, prelude, print, signedValue, statements } from './arithmetic.js';
import { advance, get, i32, op, opWith, set, until, type Local, type WasmFunction } from './code.js';
import { bytesOf, doubleLane as lane } from './lane.js';
import { BACKWARD, FORWARD, RESERVED } from './signature.js';
import { schedule } from '../schedule.js';
import type { Names } from '../../expr/names.js';
import type { Output } from '../../stages/share.js';

/** Element by element in double precision: right at every finite float32 input. */
export function forwardDoubles(names: Names, outputs: readonly Output[]): WasmFunction {
  const plan = schedule(names, outputs, { longest: 14, reserved: RESERVED });
  return {
    name: 'forward_doubles',
    exported: false,
    parameters: FORWARD,
    result: undefined,
    locals: [['end', 'i32'], ['x', 'f64'], ...localsOf(plan, lane)],
    body: [
      ...prelude(plan, lane),
      set('end', op('i32.add', get('xs'), bytesOf(get('n')))),
      until(op('i32.ge_u', get('xs'), get('end')), [
        set('x', lane.load('xs', 0)),
        ...statements(plan.body, plan, lane),
        lane.store('ys', 0, signedValue(outputs[0]!, plan, lane)),
        ...['xs', 'ys'].map((pointer) => advance(pointer, i32(4))),
      ]),
    ],
  };
}

/** The sums for dc and dd go on from where the globals of their names stand. */
export function backwardDoubles(names: Names, outputs: readonly Output[]): WasmFunction {
  const sums = outputs.filter((output) => output.name !== 'dx');
  const plan = schedule(names, outputs, { longest: 14, reserved: [...RESERVED, ...sums.map((sum) => sum.name)] });
  return {
    name: 'backward_doubles',
    exported: false,
    parameters: BACKWARD,
    result: undefined,
    locals: [
      ['end', 'i32'],
      ['x', 'f64'],
      ['dy', 'f64'],
      ...localsOf(plan, lane),
      ...sums.map((sum): Local => [sum.name, 'f64']),
    ],
    body: [
      ...prelude(plan, lane),
      ...sums.map((sum) => set(sum.name, opWith('global.get', sum.name))),
      set('end', op('i32.add', get('xs'), bytesOf(get('n')))),
      until(op('i32.ge_u', get('xs'), get('end')), [
        set('x', lane.load('xs', 0)),
        set('dy', lane.load('dys', 0)),
        ...statements(plan.body, plan, lane),
        lane.store(
          'dxs',
          0,
          signedValue(
            outputs.find((output) => output.name === 'dx')!,
            plan,
            lane,
          ),
        ),
        ...sums.map((sum) => set(sum.name, lane.add(get(sum.name), print(sum.expr, plan, lane)))),
        ...['xs', 'dys', 'dxs'].map((pointer) => advance(pointer, i32(4))),
      ]),
      ...sums.map((sum) => opWith('global.set', sum.name, get(sum.name))),
    ],
  };
}
