import { describe, expect, it } from 'vitest';
import { base64, float, signed, unsigned } from '../../compiler/targets/wasm/bytes.js';
import { get, i32, op, opWith, set, until, type WasmModule } from '../../compiler/targets/wasm/code.js';
import { encodeModule } from '../../compiler/targets/wasm/encode.js';
import { activationModule } from '../../compiler/targets/wasm/module.js';
import { moduleText } from '../../compiler/targets/wasm/text.js';
import { generate } from '../../compiler/generate.js';
import { arithmeticOnly, specOf } from '../support/emit.js';

const BASES = ['monomial', 'chebyshev-t', 'chebyshev-u', 'legendre', 'laguerre', 'hermite', 'hermite-phys'];
const DENOMINATORS = ['sum-abs', 'abs-sum', 'none'];

const encoded = (basis: string, m: number, n: number, denominator?: string) =>
  encodeModule(activationModule(generate(specOf(basis, m, n, denominator), arithmeticOnly).activation));

describe('the binary format', () => {
  it.each([
    [0, [0]],
    [127, [127]],
    [128, [0x80, 1]],
    [624485, [0xe5, 0x8e, 0x26]],
    [0xffffffff, [0xff, 0xff, 0xff, 0xff, 0x0f]],
  ])('writes %d unsigned', (value, bytes) => expect(unsigned(value)).toEqual(bytes));

  it.each([
    [0, [0]],
    [63, [63]],
    [64, [0xc0, 0]],
    [-64, [0x40]],
    [-65, [0xbf, 0x7f]],
    [-123456, [0xc0, 0xbb, 0x78]],
    [-(2 ** 31), [0x80, 0x80, 0x80, 0x80, 0x78]],
  ])('writes %d signed', (value, bytes) => expect(signed(value)).toEqual(bytes));

  it('writes floats lowest byte first', () => {
    expect(float(1, 4)).toEqual([0, 0, 0x80, 0x3f]);
    expect(float(-2, 8)).toEqual([0, 0, 0, 0, 0, 0, 0, 0xc0]);
  });

  it.each([0, 1, 2, 3, 4, 5, 255])('writes %d bytes in base64 as Node does', (length) => {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 73 + 250) % 256);
    expect(base64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
  });
});

describe('a module', () => {
  /** sum(n) = 1 + 2 + .. + n, with a loop, a global and a call. */
  const module: WasmModule = {
    globals: [['calls', 'f64']],
    functions: [
      {
        name: 'count',
        exported: false,
        parameters: [],
        result: undefined,
        locals: [],
        body: [opWith('global.set', 'calls', op('f64.add', opWith('global.get', 'calls'), opWith('f64.const', 1)))],
      },
      {
        name: 'sum',
        exported: true,
        parameters: [['n', 'i32']],
        result: 'i32',
        locals: [['total', 'i32']],
        body: [
          opWith('call', 'count'),
          until(op('i32.eqz', get('n')), [
            set('total', op('i32.add', get('total'), get('n'))),
            set('n', op('i32.sub', get('n'), i32(1))),
          ]),
          get('total'),
        ],
      },
    ],
  };

  it('runs', () => {
    const memory = new WebAssembly.Memory({ initial: 1 });
    const { sum } = new WebAssembly.Instance(
      new WebAssembly.Module(encodeModule(module).bytes as Uint8Array<ArrayBuffer>),
      { env: { memory } },
    ).exports;
    expect((sum as (n: number) => number)(100)).toBe(5050);
  });

  it('has a text form', () => {
    expect(moduleText(module)).toMatchInlineSnapshot(`
      "(module
        (import "env" "memory" (memory 0))
        (global $calls (mut f64) (f64.const 0))

        (func $count
          (global.set $calls (f64.add (global.get $calls) (f64.const 1.0)))
        )

        (func $sum (export "sum")
            (param $n i32) (result i32)
            (local $total i32)
          (call $count)
          (block $done
            (loop $next
              (br_if $done (i32.eqz (local.get $n)))
              (local.set $total (i32.add (local.get $total) (local.get $n)))
              (local.set $n (i32.sub (local.get $n) (i32.const 1)))
              (br $next)
            )
          )
          (local.get $total)
        )
      )
      "
    `);
  });

  it('says which name it does not know', () => {
    const broken = { ...module, functions: [{ ...module.functions[1]!, body: [get('nowhere')] }] };
    expect(() => encodeModule(broken)).toThrow(/nothing is called nowhere in sum/);
  });
});

describe('kernels', () => {
  it.each(BASES.flatMap((basis) => DENOMINATORS.map((denominator) => [basis, denominator] as const)))(
    '%s %s are valid',
    (basis, denominator) => {
      for (const [m, n] of [
        [0, 1],
        [1, 0],
        [3, 9],
      ] as const) {
        expect(
          WebAssembly.validate(encoded(basis, m, n, denominator).bytes as Uint8Array<ArrayBuffer>),
          `${m}/${n}`,
        ).toBe(true);
      }
    },
  );

  it('grow no faster than their degrees', () => {
    const sizes = [8, 16, 32].map((degree) => encoded('monomial', degree, degree).bytes.length);
    // Past 5/4 one vector a turn takes the place of four, so that 8/8 is no smaller than its share.
    expect(sizes[2]! / sizes[1]!).toBeLessThan(2.1);
    expect(sizes[2]!).toBeLessThan(45_000);
  });

  it.each([15, 16, 255, 256, 257, 272, 1000, 2048])(
    'touch nothing behind arrays of %d elements at the end of memory, and write nothing beside the results',
    (n) => {
      const memory = new WebAssembly.Memory({ initial: 1 });
      const bytes = encoded('hermite', 5, 4).bytes as Uint8Array<ArrayBuffer>;
      const kernels = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } }).exports;
      const { forward, backward } = kernels as Record<string, (...places: number[]) => void>;
      const floats = new Float32Array(memory.buffer);
      const [c, d, dc, dd] = [0, 64, 128, 192];
      const [third, second, last] = [3, 2, 1].map((k) => memory.buffer.byteLength - 4 * n * k) as [
        number,
        number,
        number,
      ];
      const resultsOf = (xs: number, dys: number, results: number, run: () => void): readonly number[] => {
        floats.fill(7);
        floats.set([0.1, 0.5, 0.2, -0.1, 0.05, 0.01], c / 4);
        floats.set([0.3, -0.1, 0.05, 0.02], d / 4);
        for (let k = 0; k < n; k++) [floats[xs / 4 + k], floats[dys / 4 + k]] = [Math.sin(k), Math.cos(k)];
        run();
        const before = Array.from(floats.subarray((dd + 16) / 4, third / 4));
        expect(before.every((value) => value === 7)).toBe(true);
        return Array.from(floats.subarray(results / 4, results / 4 + n));
      };
      const y = [last, second, third].map((xs) => {
        const ys = xs === last ? second : last;
        return resultsOf(xs, third === xs ? second : third, ys, () => forward!(xs, n, c, d, ys));
      });
      expect(y[0]!.every((value) => Number.isFinite(value) && value !== 7)).toBe(true);
      expect(y.slice(1)).toEqual([y[0], y[0]]);
      const dx = [
        [last, second, third],
        [second, last, third],
        [third, second, last],
      ].map(([xs, dys, dxs]) => resultsOf(xs!, dys!, dxs!, () => backward!(xs!, dys!, n, c, d, dxs!, dc, dd)));
      expect(dx[0]!.every((value) => Number.isFinite(value) && value !== 7)).toBe(true);
      expect(dx.slice(1)).toEqual([dx[0], dx[0]]);
    },
  );

  it('link with plain and with shared memory', () => {
    const { bytes, limitsAt } = encoded('hermite', 5, 4);
    const link = (own: Uint8Array, memory: WebAssembly.Memory): unknown =>
      new WebAssembly.Instance(new WebAssembly.Module(own as Uint8Array<ArrayBuffer>), { env: { memory } }).exports[
        'forward'
      ];
    const shared = bytes.slice();
    shared.set([0x03, 0x00, 0x80, 0x80, 0x04], limitsAt);
    expect(link(bytes, new WebAssembly.Memory({ initial: 1 }))).toBeTypeOf('function');
    expect(link(bytes, new WebAssembly.Memory({ initial: 1, maximum: 10 }))).toBeTypeOf('function');
    expect(link(shared, new WebAssembly.Memory({ initial: 1, maximum: 65536, shared: true }))).toBeTypeOf('function');
    expect(link(shared, new WebAssembly.Memory({ initial: 1, maximum: 100, shared: true }))).toBeTypeOf('function');
    expect(() => link(bytes, new WebAssembly.Memory({ initial: 1, maximum: 10, shared: true }))).toThrow(
      WebAssembly.LinkError,
    );
  });
});
