import { advance, get, i32, leave, op, set, until, type Code, type WasmFunction } from './code.js';
import { SingleLane } from './lane.js';
import { OFFSETS, TURN_BYTES } from './turn.js';
import { ZERO, fromNumber } from '../../exact/rational.js';
import type { Expr } from '../../expr/node.js';
import { SAFE } from '../../stages/safe.js';

/** The name of the function that finds where singles stop being safe. */
export const SAFE_END = 'safe_end';

/**
 * Keeps the extremes of what a loop meets, to tell afterwards whether plain single precision was safe for all of it
 * (stages/radius.ts).
 */
export interface Watch {
  /** Locals, all vectors. */
  readonly locals: readonly string[];
  readonly start: readonly Code[];
  /** Takes in the vector that stands in the local `x` or `dy`. */
  readonly track: readonly Code[];
  /** Not 0 in lanes where something was not safe. */
  readonly unsafe: Code;
}

/**
 * Watches |x|, or x^2 where the program has that in a local. NaN says nothing here, and need not: what it touches is NaN in
 * doubles, too.
 */
export function watchX(lane: SingleLane, radius: number, square?: string): Watch {
  const limit = lane.constant(fromNumber(square === undefined ? radius : radius ** 2));
  return {
    locals: ['largest'],
    // What lies within the limit says nothing, and the limit is at hand.
    start: [set('largest', limit)],
    // pmax gives its first operand where the second is NaN.
    track: [set('largest', op('f32x4.pmax', get('largest'), square === undefined ? lane.abs(get('x')) : get(square)))],
    unsafe: op('f32x4.gt', get('largest'), limit),
  };
}

/** Watches |dy|. Float32 numbers without their signs are in the order of their bits; NaN comes last. */
export function watchDy(lane: SingleLane): Watch {
  const heaviest = lane.bits('heaviest', float32Bits(SAFE.heaviest));
  const lightest = lane.bits('lightest', float32Bits(SAFE.lightest) + 0x7fffffff);
  return {
    locals: ['weight', 'heaviest', 'lightest'],
    start: [set('heaviest', lane.constant(ZERO)), set('lightest', lane.magnitude())],
    track: [
      set('weight', lane.abs(get('dy'))),
      set('heaviest', op('i32x4.max_s', get('heaviest'), get('weight'))),
      // A lane's lowest number is -2^31: one is taken off and that added, so that 0 becomes the highest.
      set('lightest', op('i32x4.min_s', get('lightest'), op('i32x4.add', get('weight'), lane.magnitude()))),
    ],
    unsafe: op('v128.or', op('i32x4.gt_s', get('heaviest'), heaviest), op('i32x4.lt_s', get('lightest'), lightest)),
  };
}

/** Both at once. */
export const both = (a: Watch, b: Watch): Watch => ({
  locals: [...a.locals, ...b.locals],
  start: [...a.start, ...b.start],
  track: [...a.track, ...b.track],
  unsafe: op('v128.or', a.unsafe, b.unsafe),
});

/** `safe_end(xs, dys, end)`: the end of the whole turns from xs on, up to `end`, that are safe backwards. */
export function safeEnd(radius: number): WasmFunction {
  const lane = new SingleLane(false);
  const watch = both(watchX(lane, radius), watchDy(lane));
  const turns = until(op('i32.ge_u', get('xs'), get('end')), [
    ...OFFSETS.flatMap((offset) => [
      set('x', lane.load('xs', offset)),
      set('dy', lane.load('dys', offset)),
      ...watch.track,
    ]),
    leave(op('v128.any_true', watch.unsafe)),
    ...['xs', 'dys'].map((pointer) => advance(pointer, i32(TURN_BYTES))),
  ]);
  return {
    name: SAFE_END,
    exported: false,
    parameters: [
      ['xs', 'i32'],
      ['dys', 'i32'],
      ['end', 'i32'],
    ],
    result: 'i32',
    locals: [...lane.constants.keys(), 'x', 'dy', ...watch.locals].map((name) => [name, 'v128'] as const),
    body: [...[...lane.constants].map(([name, code]) => set(name, code)), ...watch.start, turns, get('xs')],
  };
}

/** The square of x among these values, if it is one of them. */
export const squareOfX = <T extends { readonly expr: Expr }>(values: readonly T[]): T | undefined =>
  values.find(({ expr }) => expr.kind === 'mul' && expr.left === expr.right && isX(expr.left));

const isX = (expr: Expr): boolean => expr.kind === 'variable' && expr.name === 'x';

const float32Bits = (value: number): number => new Uint32Array(Float32Array.of(value).buffer)[0]!;
