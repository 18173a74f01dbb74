import { get, i32, op, opWith, type Code, type ValueType } from './code.js';
import { FLOAT32, FLOAT64, nearest } from '../number.js';
import type { Fraction } from '../../exact/rational.js';

/** What one local holds, and how arithmetic on it is written: four float32 numbers, or one double. */
export interface Lane {
  readonly type: ValueType;
  constant(value: Fraction): Code;
  add(a: Code, b: Code): Code;
  sub(a: Code, b: Code): Code;
  mul(a: Code, b: Code): Code;
  div(a: Code, b: Code): Code;
  max(a: Code, b: Code): Code;
  neg(a: Code): Code;
  abs(a: Code): Code;
  /** -1 where v < 0, else +1. */
  sgn(v: Code): Code;
  /** z sgn(v) */
  flip(z: Code, v: Code): Code;
  /** Elements at a pointer's local, `offset` bytes on. */
  load(pointer: string, offset: number): Code;
  store(pointer: string, offset: number, value: Code): Code;
  /** A coefficient, the same for all elements. */
  parameter(pointer: string, offset: number): Code;
}

/** One element in double precision, from and to float32 memory. */
export const doubleLane: Lane = {
  type: 'f64',
  constant: (value) => opWith('f64.const', nearest(value, FLOAT64)),
  add: (a, b) => op('f64.add', a, b),
  sub: (a, b) => op('f64.sub', a, b),
  mul: (a, b) => op('f64.mul', a, b),
  div: (a, b) => op('f64.div', a, b),
  max: (a, b) => op('f64.max', a, b),
  neg: (a) => op('f64.neg', a),
  abs: (a) => op('f64.abs', a),
  // -0 + 0 is 0, whose sgn is +1. Engines make a branch of a `select` of doubles, and signs are hard to predict.
  sgn: (v) => op('f64.copysign', opWith('f64.const', 1), op('f64.add', v, opWith('f64.const', 0))),
  flip: (z, v) => op('f64.mul', doubleLane.sgn(v), z),
  load: (pointer, offset) => op('f64.promote_f32', opWith('f32.load', offset, get(pointer))),
  store: (pointer, offset, value) => opWith('f32.store', offset, get(pointer), op('f32.demote_f64', value)),
  parameter: (pointer, offset) => doubleLane.load(pointer, offset),
};

const [SIGN_BIT, MAGNITUDE_BITS] = [0x80000000, 0x7fffffff];

/**
 * Four elements in single precision. Engines rebuild a vector constant at each use, which is dear in a loop: each goes
 * into a local, to be set at the start of the function. Signs are bits here, cheaper than comparing and choosing.
 */
export class SingleLane implements Lane {
  readonly type = 'v128';
  readonly constants = new Map<string, Code>();

  constant(value: Fraction): Code {
    return this.hoisted(`k:${value.toFraction()}`, opWith('v128.const f32x4', nearest(value, FLOAT32)));
  }
  bits(name: string, value: number): Code {
    return this.hoisted(`bits:${name}`, opWith('v128.const i32x4', value));
  }
  add(a: Code, b: Code): Code {
    return op('f32x4.add', a, b);
  }
  sub(a: Code, b: Code): Code {
    return op('f32x4.sub', a, b);
  }
  mul(a: Code, b: Code): Code {
    return op('f32x4.mul', a, b);
  }
  div(a: Code, b: Code): Code {
    return op('f32x4.div', a, b);
  }
  max(a: Code, b: Code): Code {
    return op('f32x4.max', a, b);
  }
  neg(a: Code): Code {
    return op('v128.xor', a, this.bits('sign', SIGN_BIT));
  }
  abs(a: Code): Code {
    return op('v128.and', a, this.bits('magnitude', MAGNITUDE_BITS));
  }
  sgn(v: Code): Code {
    return op('v128.or', this.signOf(v), this.hoisted('k:1', opWith('v128.const f32x4', 1)));
  }
  flip(z: Code, v: Code): Code {
    return op('v128.xor', z, this.signOf(v));
  }
  load(pointer: string, offset: number): Code {
    return opWith('v128.load', offset, get(pointer));
  }
  store(pointer: string, offset: number, value: Code): Code {
    return opWith('v128.store', offset, get(pointer), value);
  }
  parameter(pointer: string, offset: number): Code {
    return opWith('v128.load32_splat', offset, get(pointer));
  }

  /** The sign bit where v < 0: not that of -0, whose sgn is +1. */
  private signOf(v: Code): Code {
    const below = op('f32x4.lt', v, this.hoisted('k:0', opWith('v128.const f32x4', 0)));
    return op('v128.and', below, this.bits('sign', SIGN_BIT));
  }

  private hoisted(name: string, code: Code): Code {
    this.constants.set(name, code);
    return get(name);
  }
}

/** elements * 4 */
export const bytesOf = (elements: Code): Code => op('i32.shl', elements, i32(2));
