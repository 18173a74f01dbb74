/** A module of one function, () -> v128, with this body. */
const vectorFunction = (...body: readonly number[]): Uint8Array<ArrayBuffer> =>
  Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00], // \0asm, version 1
    ...[0x01, 0x05, 0x01, 0x60, 0x00, 0x01, 0x7b], // one type: () -> v128
    ...[0x03, 0x02, 0x01, 0x00], // one function of it
    ...[0x0a, body.length + 4, 0x01, body.length + 2, 0x00, ...body, 0x0b], // its code, no locals, end
  ]);

const SPLAT = [0x41, 0x00, 0xfd, 0x11]; // i32.const 0, i32x4.splat
const RELAXED_MADD = [0xfd, 0x85, 0x02]; // f32x4.relaxed_madd

const runs = (module: Uint8Array<ArrayBuffer>): boolean =>
  typeof WebAssembly !== 'undefined' && WebAssembly.validate(module);

export const hasSimd = (): boolean => runs(vectorFunction(...SPLAT));

export const hasRelaxedSimd = (): boolean => runs(vectorFunction(...SPLAT, ...SPLAT, ...SPLAT, ...RELAXED_MADD));
