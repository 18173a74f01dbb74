// The text of a wasm module is the same module as its bytes: WABT, the WebAssembly project's own toolkit, assembles it.
import { beforeAll, describe, expect, it } from 'vitest';
import wabt from 'wabt';
import { generate } from '../../compiler/generate.js';
import { printAlone } from '../../compiler/targets/index.js';
import { encodeModule } from '../../compiler/targets/wasm/encode.js';
import { activationModule } from '../../compiler/targets/wasm/module.js';
import { moduleText } from '../../compiler/targets/wasm/text.js';
import { arithmeticOnly, specOf } from '../support/emit.js';

/** No features but those that the kernels use. */
const features = (relaxed: boolean) => ({ simd: true, mutable_globals: false, relaxed_simd: relaxed });

let assemble: (text: string, relaxed: boolean) => Uint8Array;
beforeAll(async () => {
  const toolkit = await wabt();
  assemble = (text, relaxed) => {
    const module = toolkit.parseWat('kernels.wat', text, features(relaxed));
    try {
      module.resolveNames();
      module.validate();
      return module.toBinary({}).buffer;
    } finally {
      module.destroy();
    }
  };
});

/** An unsigned LEB128 number, and where it ends. */
function unsignedAt(bytes: Uint8Array, start: number): readonly [value: number, end: number] {
  let [value, at] = [0, start];
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++]!;
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return [value, at];
  }
}

/** The sections of a module, by their numbers. */
function sections(bytes: Uint8Array): ReadonlyMap<number, Uint8Array> {
  const found = new Map<number, Uint8Array>();
  for (let at = 8; at < bytes.length;) {
    const id = bytes[at]!;
    const [size, start] = unsignedAt(bytes, at + 1);
    found.set(id, bytes.subarray(start, start + size));
    at = start + size;
  }
  return found;
}

/** The signature of each function as it stands in the type section, whatever its number there. */
function signatures(bytes: Uint8Array): readonly string[] {
  const parts = sections(bytes);
  const [types, functions] = [parts.get(1)!, parts.get(3)!];
  const written: string[] = [];
  let [count, at] = unsignedAt(types, 0);
  for (; count > 0; count--) {
    const start = at++;
    for (let lists = 0; lists < 2; lists++) {
      const [length, end] = unsignedAt(types, at);
      at = end + length;
    }
    written.push(Buffer.from(types.subarray(start, at)).toString('hex'));
  }
  const result: string[] = [];
  for (let [left, place] = unsignedAt(functions, 0); left > 0; left--) {
    const [type, end] = unsignedAt(functions, place);
    result.push(written[type]!);
    place = end;
  }
  return result;
}

const [GLOBALS, EXPORTS, CODE] = [6, 7, 10];

/**
 * What a module does. Left out are the numbers of types, of which an assembler makes one for equal signatures, and the
 * memory's limits, which the compiler writes in more bytes than needed.
 */
function meaning(bytes: Uint8Array) {
  const parts = sections(bytes);
  const hex = (section: number): string => Buffer.from(parts.get(section) ?? []).toString('hex');
  return { globals: hex(GLOBALS), exports: hex(EXPORTS), signatures: signatures(bytes), code: hex(CODE) };
}

const MODULES = [
  ...['monomial', 'chebyshev-t', 'chebyshev-u', 'legendre', 'laguerre', 'hermite', 'hermite-phys'].flatMap((basis) =>
    ['sum-abs', 'abs-sum', 'none'].map((denominator) => [basis, 5, 4, denominator] as const),
  ),
  ['jacobi(1/2,-1/3)', 4, 3, 'sum-abs'],
  ['legendre', 2, 0, 'sum-abs'],
  ['hermite', 0, 1, 'sum-abs'],
  ['monomial', 1, 1, 'none'],
  ['laguerre', 9, 8, 'none'],
  ['hermite', 32, 32, 'abs-sum'],
] as const;

describe('the text of kernels', () => {
  it.each(MODULES)(
    'is the module of their bytes, plain and with relaxed SIMD: %s %d/%d %s',
    (basis, m, n, denominator) => {
      const { activation } = generate(specOf(basis, m, n, denominator), arithmeticOnly);
      for (const relaxed of [false, true]) {
        const module = activationModule(activation, relaxed);
        expect(meaning(assemble(moduleText(module), relaxed))).toEqual(meaning(encodeModule(module).bytes));
      }
    },
  );

  it('is what --target wat prints', () => {
    const spec = specOf('legendre', 4, 3, 'sum-abs', 'gelu', { domain: ['-7/2', '3'], normalise: true });
    const { activation } = generate(spec, arithmeticOnly);
    const { bytes } = encodeModule(activationModule(activation));
    expect(meaning(assemble(printAlone(activation, 'wat'), false))).toEqual(meaning(bytes));
  });

  it('differs where one instruction does', () => {
    const { activation } = generate(specOf('hermite', 3, 2), arithmeticOnly);
    const [plain, relaxed] = [false, true].map((fused) => moduleText(activationModule(activation, fused)));
    expect(plain).not.toContain('relaxed_');
    expect(relaxed).toContain('f32x4.relaxed_madd');
    expect(() => assemble(relaxed!, false)).toThrow(/relaxed_madd/);
    const right = meaning(assemble(plain!, false));
    const bent = [
      plain!.replace('f64.add', 'f64.sub'),
      plain!.replace('(export "forward")', '(export "forwards")'),
      plain!.replace('(v128.const f64x2 0 0)', '(v128.const f64x2 0 1)'),
    ];
    for (const text of bent) {
      expect(text).not.toBe(plain);
      expect(meaning(assemble(text, false))).not.toEqual(right);
    }
  });
});
