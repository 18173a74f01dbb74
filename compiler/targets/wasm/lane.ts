import { get, i32, op, opWith, type Code, type ValueType } from './code.js';
import type { Opcode } from './opcodes.js';
import { FLOAT32, FLOAT64, nearest } from '../number.js';
import { fromNumber, type Fraction } from '../../exact/rational.js';

/** What one local holds, and how arithmetic on it is written. */
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
  /** -1 where v < 0, else +1; `zero` says whether v can be -0. */
  sgn(v: Code, zero: boolean): Code;
  /** z sgn(v) */
  flip(z: Code, v: Code, zero: boolean): Code;
  /** a b + c, and c - a b, in one instruction that may round once; absent where there is none. */
  readonly madd?: ((a: Code, b: Code, c: Code) => Code) | undefined;
  readonly nmadd?: ((a: Code, b: Code, c: Code) => Code) | undefined;
  /** A coefficient, the same for all elements. */
  parameter(pointer: string, offset: number): Code;
}

/** One number in double precision, from and to float32 memory. */
export const doubleLane: Lane & { store(pointer: string, offset: number, value: Code): Code } = {
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
  flip: (z, v) => op('f64.mul', doubleLane.sgn(v, true), z),
  store: (pointer, offset, value) => opWith('f32.store', offset, get(pointer), op('f32.demote_f64', value)),
  parameter: (pointer, offset) => op('f64.promote_f32', opWith('f32.load', offset, get(pointer))),
};

/**
 * A vector of numbers. Engines rebuild a vector constant at each use, which is dear in a loop: each goes into a local,
 * to be set at the start of the function. Signs are bits here, cheaper than comparing and choosing.
 */
export abstract class VectorLane implements Lane {
  readonly type = 'v128';
  readonly constants = new Map<string, Code>();

  constructor(private readonly shape: 'f32x4' | 'f64x2') {}

  abstract parameter(pointer: string, offset: number): Code;

  constant(value: Fraction): Code {
    return this.hoisted(`k:${value.toFraction()}`, nearest(value, this.shape === 'f32x4' ? FLOAT32 : FLOAT64));
  }
  add(a: Code, b: Code): Code {
    return this.op('add', a, b);
  }
  sub(a: Code, b: Code): Code {
    return this.op('sub', a, b);
  }
  mul(a: Code, b: Code): Code {
    return this.op('mul', a, b);
  }
  div(a: Code, b: Code): Code {
    return this.op('div', a, b);
  }
  max(a: Code, b: Code): Code {
    return this.op('max', a, b);
  }
  neg(a: Code): Code {
    return op('v128.xor', a, this.signBit());
  }
  abs(a: Code): Code {
    return op('v128.andnot', a, this.signBit());
  }
  sgn(v: Code, zero: boolean): Code {
    return op('v128.or', this.signOf(v, zero), this.hoisted('k:1', 1));
  }
  flip(z: Code, v: Code, zero: boolean): Code {
    return op('v128.xor', z, this.signOf(v, zero));
  }

  /** The sign bit where v < 0: not that of -0, whose sgn is +1. */
  private signOf(v: Code, zero: boolean): Code {
    return op('v128.and', zero ? this.op('lt', v, this.hoisted('k:0', 0)) : v, this.signBit());
  }
  /** Only the sign of -0 is not 0. */
  protected signBit(): Code {
    return this.hoisted('sign', -0);
  }
  private op(name: 'add' | 'sub' | 'mul' | 'div' | 'max' | 'lt', a: Code, b: Code): Code {
    return op(`${this.shape}.${name}` satisfies Opcode, a, b);
  }
  private hoisted(name: string, value: number): Code {
    this.constants.set(name, opWith(`v128.const ${this.shape}`, value));
    return get(name);
  }
}

/** Four elements in single precision. */
export class SingleLane extends VectorLane {
  readonly madd;
  readonly nmadd;

  /** `relaxed`: with the fused instructions of relaxed SIMD. */
  constructor(relaxed: boolean) {
    super('f32x4');
    this.madd = relaxed ? (a: Code, b: Code, c: Code) => op('f32x4.relaxed_madd', a, b, c) : undefined;
    this.nmadd = relaxed ? (a: Code, b: Code, c: Code) => op('f32x4.relaxed_nmadd', a, b, c) : undefined;
  }

  /** Not `andnot` with the sign bit: engines copy that first. */
  override abs(a: Code): Code {
    return op('v128.and', a, this.magnitude());
  }
  /** All bits but the sign. */
  magnitude(): Code {
    return this.bits('magnitude', 0x7fffffff);
  }
  /** An integer in all lanes. */
  bits(name: string, value: number): Code {
    this.constants.set(`bits:${name}`, opWith('v128.const i32x4', value));
    return get(`bits:${name}`);
  }
  load(pointer: string | Code, offset: number): Code {
    return opWith('v128.load', offset, typeof pointer === 'string' ? get(pointer) : pointer);
  }
  store(pointer: string, offset: number, value: Code): Code {
    return opWith('v128.store', offset, get(pointer), value);
  }
  parameter(pointer: string, offset: number): Code {
    return opWith('v128.load32_splat', offset, get(pointer));
  }
}

/** Two elements in double precision. */
export class DoublesLane extends VectorLane {
  constructor() {
    super('f64x2');
  }

  /** An infinite number counts as the largest finite float32: inf / inf would be NaN. NaN stays. */
  finite(v: Code): Code {
    const [least, most] = [-FLOAT32.max, FLOAT32.max].map((end) => this.constant(fromNumber(end)));
    return op('f64x2.min', op('f64x2.max', v, least!), most!);
  }

  parameter(pointer: string, offset: number): Code {
    return op('f64x2.splat', op('f64.promote_f32', opWith('f32.load', offset, get(pointer))));
  }
}

/** elements * 4 */
export const bytesOf = (elements: Code): Code => op('i32.shl', elements, i32(2));
