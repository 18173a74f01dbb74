/** What an instruction carries besides its operands. */
export type ImmediateKind =
  | 'none'
  | 'local'
  | 'global'
  | 'function'
  | 'label'
  | 'memory4'
  | 'memory16'
  | 'lane'
  | 'lane4'
  | 'bytes'
  | 'i32'
  | 'f32'
  | 'f64'
  | 'f32x4'
  | 'i32x4'
  | 'f64x2';

interface Row {
  /** The instruction's number; with a prefix byte for SIMD. */
  readonly code: number;
  readonly simd: boolean;
  readonly immediate: ImmediateKind;
}

const row = (code: number, immediate: ImmediateKind = 'none'): Row => ({ code, simd: false, immediate });
const simd = (code: number, immediate: ImmediateKind = 'none'): Row => ({ code, simd: true, immediate });

/**
 * The instructions that kernels use, by their name in the text format (WebAssembly core specification 2.0, 5.4).
 * `memory4` and `memory16` are accesses of float32 numbers and vectors of them, `lane4` of one lane of a vector: a
 * tensor is aligned to 4 bytes only. `bytes` are the sixteen places that a shuffle takes its bytes from.
 */
export const OPCODES = {
  br: row(0x0c, 'label'),
  br_if: row(0x0d, 'label'),
  call: row(0x10, 'function'),
  drop: row(0x1a),
  select: row(0x1b),
  'local.get': row(0x20, 'local'),
  'local.set': row(0x21, 'local'),
  'global.get': row(0x23, 'global'),
  'global.set': row(0x24, 'global'),

  'i32.const': row(0x41, 'i32'),
  'i32.eqz': row(0x45),
  'i32.lt_u': row(0x49),
  'i32.ge_u': row(0x4f),
  'i32.add': row(0x6a),
  'i32.sub': row(0x6b),
  'i32.and': row(0x71),
  'i32.shl': row(0x74),
  'i32.shr_u': row(0x76),

  'f32.load': row(0x2a, 'memory4'),
  'f32.store': row(0x38, 'memory4'),
  'f32.const': row(0x43, 'f32'),
  'f32.le': row(0x5f),
  'f32.abs': row(0x8b),
  'f32.max': row(0x97),
  'f32.demote_f64': row(0xb6),

  'f64.const': row(0x44, 'f64'),
  'f64.abs': row(0x99),
  'f64.neg': row(0x9a),
  'f64.add': row(0xa0),
  'f64.sub': row(0xa1),
  'f64.mul': row(0xa2),
  'f64.div': row(0xa3),
  'f64.max': row(0xa5),
  'f64.copysign': row(0xa6),
  'f64.promote_f32': row(0xbb),

  'v128.load': simd(0x00, 'memory16'),
  'v128.load32_splat': simd(0x09, 'memory4'),
  'v128.load32_zero': simd(0x5c, 'memory4'),
  'v128.load64_zero': simd(0x5d, 'memory16'),
  'v128.store32_lane': simd(0x5a, 'lane4'),
  'v128.store64_lane': simd(0x5b, 'lane4'),
  'v128.store': simd(0x0b, 'memory16'),
  'v128.const f32x4': simd(0x0c, 'f32x4'),
  'v128.const i32x4': simd(0x0c, 'i32x4'),
  'v128.const f64x2': simd(0x0c, 'f64x2'),
  'i8x16.shuffle': simd(0x0d, 'bytes'),
  'v128.and': simd(0x4e),
  'v128.andnot': simd(0x4f),
  'v128.or': simd(0x50),
  'v128.xor': simd(0x51),
  'f32x4.lt': simd(0x43),
  'f32x4.gt': simd(0x44),
  'f32x4.add': simd(0xe4),
  'f32x4.sub': simd(0xe5),
  'f32x4.mul': simd(0xe6),
  'f32x4.div': simd(0xe7),
  'f32x4.max': simd(0xe9),
  'f32x4.pmax': simd(0xeb),
  'f32x4.relaxed_madd': simd(0x105),
  'f32x4.relaxed_nmadd': simd(0x106),
  'f64x2.splat': simd(0x14),
  'f64x2.extract_lane': simd(0x21, 'lane'),
  'f64x2.lt': simd(0x49),
  'f64x2.add': simd(0xf0),
  'f64x2.sub': simd(0xf1),
  'f64x2.mul': simd(0xf2),
  'f64x2.div': simd(0xf3),
  'f64x2.min': simd(0xf4),
  'f64x2.max': simd(0xf5),
  'f64x2.promote_low_f32x4': simd(0x5f),
  'f32x4.demote_f64x2_zero': simd(0x5e),
  'v128.any_true': simd(0x53),
  'i32x4.lt_s': simd(0x39),
  'i32x4.gt_s': simd(0x3b),
  'i32x4.add': simd(0xae),
  'i32x4.min_s': simd(0xb6),
  'i32x4.max_s': simd(0xb8),
} as const satisfies Record<string, Row>;

export type Opcode = keyof typeof OPCODES;
