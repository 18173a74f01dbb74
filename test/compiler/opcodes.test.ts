import { beforeAll, expect, it } from 'vitest';
import wabt from 'wabt';
import { OPCODES, type ImmediateKind, type Opcode } from '../../compiler/targets/wasm/opcodes.js';

/** What an instruction needs written after its name. */
const IMMEDIATES: Readonly<Record<ImmediateKind, string>> = {
  none: '',
  local: '0',
  global: '0',
  function: '0',
  label: '0',
  memory4: '',
  memory16: '',
  lane: '0',
  lane4: '0',
  bytes: Array.from({ length: 16 }, (_, i) => i).join(' '),
  i32: '0',
  f32: '0',
  f64: '0',
  f32x4: '0 0 0 0',
  i32x4: '0 0 0 0',
  f64x2: '0 0',
};

let toolkit: Awaited<ReturnType<typeof wabt>>;
beforeAll(async () => {
  toolkit = await wabt();
});

/** The bytes of a function that holds this instruction alone; what comes after `unreachable` may be of any type. */
function assembled(name: Opcode): string {
  const text = `(module (memory 0) (global (mut i32) (i32.const 0))
    (func (local i32) unreachable ${name} ${IMMEDIATES[OPCODES[name].immediate]} unreachable))`;
  const module = toolkit.parseWat('one.wat', text, { simd: true, relaxed_simd: true });
  try {
    return Buffer.from(module.toBinary({}).buffer).toString('hex');
  } finally {
    module.destroy();
  }
}

const hex = (bytes: readonly number[]): string => Buffer.from(bytes).toString('hex');

// The modules of wat.test.ts hold most of them; this is all.
it.each(Object.keys(OPCODES) as Opcode[])('%s has its number', (name) => {
  const { code, simd } = OPCODES[name];
  const number = code < 0x80 || !simd ? [code] : [(code & 0x7f) | 0x80, code >> 7];
  // One local of type i32, and `unreachable`.
  const before = [0x01, 0x01, 0x7f, 0x00];
  expect(assembled(name)).toContain(hex([...before, ...(simd ? [0xfd, ...number] : number)]));
});
