// Kernels for data in JavaScript, where an engine compiles WebAssembly and where it is forbidden to.
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { CpuKernels } from '../../runtime/cpu.js';
import { generate } from '../../compiler/generate.js';
import { base64 } from '../../compiler/targets/wasm/bytes.js';
import { encodeModule } from '../../compiler/targets/wasm/encode.js';
import { activationModule } from '../../compiler/targets/wasm/module.js';
import { arithmeticOnly, specOf } from '../support/emit.js';

/** F = (c_0 + c_1 x) / (1 + |d_1 x|). */
const { bytes, limitsAt } = encodeModule(
  activationModule(generate(specOf('monomial', 1, 1), arithmeticOnly).activation, false),
);
const wasm = { base64: base64(bytes), limitsAt };
/** Other numbers, so that it shows what ran. */
const loops: CpuKernels = {
  forward: (_, __, ___, ys) => void ys.fill(7),
  backward: (_, __, ___, ____, dxs, dc, dd) => [dxs, dc, dd].forEach((values) => values.fill(8)),
};

/** A world of its own for each test: a warning is given once. */
async function fresh() {
  vi.resetModules();
  const { kernelsInJavaScript } = await import('../../runtime/in-javascript.js');
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
  return { kernelsInJavaScript, warn };
}

/** An engine whose compiler throws, and counts how often it is asked. */
function forbid(refusal: () => unknown): { asked: number } {
  const count = { asked: 0 };
  function Module(): never {
    count.asked++;
    throw refusal();
  }
  vi.stubGlobal('WebAssembly', Object.create(WebAssembly, { Module: { value: Module } }));
  return count;
}

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const [xs, c, d] = [Float32Array.of(1, -3), Float32Array.of(2, 4), Float32Array.of(1)];
function run({ forward, backward }: CpuKernels): number[][] {
  const [ys, dxs, dc, dd] = [new Float32Array(2), new Float32Array(2), new Float32Array(2), new Float32Array(1)];
  forward(xs, c, d, ys);
  backward(xs, Float32Array.of(1, 1), c, d, dxs, dc, dd);
  return [ys, dxs, dc, dd].map((values) => [...values]);
}
const BY_LOOPS = [[7, 7], [8, 8], [8, 8], [8]];
/** dF/dx = (c_1 - F sgn(x) |d_1|) / Q, and so on: Q is 2 and 4, F is 3 and -10 / 4. */
const BY_WASM = [[3, -2.5], [0.5, 0.375], [0.75, -0.25], [0.375]];

describe('kernels for data in JavaScript', () => {
  it('are those of WebAssembly where it may be compiled', async () => {
    const { kernelsInJavaScript, warn } = await fresh();
    expect(run(kernelsInJavaScript(wasm, loops))).toEqual(BY_WASM);
    expect(warn).not.toHaveBeenCalled();
  });

  it('are loops where a module has no others', async () => {
    const { kernelsInJavaScript, warn } = await fresh();
    expect(run(kernelsInJavaScript(undefined, loops))).toEqual(BY_LOOPS);
    expect(warn).not.toHaveBeenCalled();
  });

  const MESSAGE =
    "Refused to compile or instantiate WebAssembly module because neither 'wasm-unsafe-eval' nor 'unsafe-eval' is an allowed source";
  it.each([
    ['CompileError', () => new WebAssembly.CompileError(`WebAssembly.Module(): ${MESSAGE}`)],
    ['EvalError', () => new EvalError(MESSAGE)],
  ])('are loops where a policy forbids it with a %s, which is said once and asked once', async (_, refusal) => {
    const { kernelsInJavaScript, warn } = await fresh();
    const count = forbid(refusal);
    const kernels = kernelsInJavaScript(wasm, loops);
    expect(count.asked).toBe(0);
    for (let time = 0; time < 2; time++) expect(run(kernels)).toEqual(BY_LOOPS);
    expect(count.asked).toBe(1);
    expect(run(kernelsInJavaScript(wasm, loops))).toEqual(BY_LOOPS);
    expect(warn.mock.calls).toEqual([
      [
        "opau: this page's content security policy forbids WebAssembly: its script-src lacks 'wasm-unsafe-eval'. " +
          'Activations run as loops in JavaScript instead: right, but slower.',
      ],
    ]);
  });

  it('do not hide any other fault', async () => {
    const { kernelsInJavaScript, warn } = await fresh();
    forbid(() => new RangeError('out of memory'));
    expect(() => run(kernelsInJavaScript(wasm, loops))).toThrow('out of memory');
    expect(warn).not.toHaveBeenCalled();
  });
});
