import { beforeAll, describe, expect, it } from 'vitest';
import { useBackend } from '../support/backends.js';
import { arithmeticOnly, emitAndLoad, specOf } from '../support/emit.js';
import { valueAndGradients } from '../support/gradients.js';
import { enableRelaxedSimd } from '../support/relaxed-simd.js';
import { worstError } from '../support/vector-errors.js';
import { SLACK, UNITS } from '../support/units.js';
import { vectorCases } from '../support/vectors.js';
import { generate } from '../../compiler/generate.js';
import { encodeModule } from '../../compiler/targets/wasm/encode.js';
import { activationModule } from '../../compiler/targets/wasm/module.js';

// Before any module is loaded.
enableRelaxedSimd();

const BLOCK = 16;
const spec = specOf('hermite', 5, 4);
const wave = (size: number, scale: number): number[] =>
  Array.from({ length: size }, (_, k) => Math.fround(scale * Math.sin(1.37 * k + 0.4)));

describe('the kernels with relaxed SIMD', () => {
  beforeAll(() => useBackend('wasm'));

  it('are what the engine runs, and fuse', async () => {
    const { activation } = generate(spec, arithmeticOnly);
    const { bytes } = encodeModule(activationModule(activation, true));
    expect(WebAssembly.validate(bytes as Uint8Array<ArrayBuffer>)).toBe(true);

    // c_1 x - 1 next to its zero: rounded twice it has half the digits that it has rounded once.
    const { op } = await emitAndLoad(specOf('hermite', 2, 0), arithmeticOnly);
    const slope = Math.fround(1.1);
    const x = Array.from({ length: 16 }, (_, k) => Math.fround((1 + k * 2 ** -20) / slope));
    const { y } = valueAndGradients(op, x, [-1, slope, 0], []);
    expect(y).toEqual(x.map((value) => Math.fround(slope * value - 1)));
  });

  it('fuse a square with each sum that it stands in, backwards', async () => {
    const { op } = await emitAndLoad(specOf('hermite', 4, 0), arithmeticOnly);
    const x = Array.from({ length: 16 }, (_, k) => Math.fround(1.1 + k * 2 ** -20));
    const dy = x.map((_, k) => (k === 5 ? 1 : 0));
    const { dc } = valueAndGradients(op, x, [0, 0, 1, 0, 1], [], dy);
    expect(dc[2]).toBe(Math.fround(x[5]! * x[5]! - 1));
  });

  it('give the same bits on every run', async () => {
    const { op } = await emitAndLoad(spec, arithmeticOnly);
    const run = () => valueAndGradients(op, wave(5003, 3), [0.1, 0.5, 0.2, -0.1, 0.05, 0.01], [0.3, -0.1, 0.05, 0.02]);
    const first = run();
    for (let k = 0; k < 5; k++) expect(run()).toEqual(first);
  });

  it('treat -0 as 0 at the kinks', async () => {
    const { op } = await emitAndLoad(spec, arithmeticOnly);
    const x = Array.from({ length: 64 }, (_, k) => [0, -0, 1, -1][k % 4]!);
    const { dx } = valueAndGradients(op, x, [0.1, 0.5, 0.2, -0.1, 0.05, 0.01], [0.3, -0.1, 0.05, 0.02]);
    // At 0: r (P' - y Q') with Q = 1 + .1 + .06, P = .1 - .2 + .15, P' = .5 + .3 + .15, Q' = .3 - .15.
    const r = 1 / 1.16;
    expect(dx[0]).toBeCloseTo(r * (0.95 - 0.05 * r * 0.15), 6);
    expect(dx[1]).toBe(dx[0]);
  });

  it.each(vectorCases.map((v) => [`${v.basis} ${v.m}/${v.n} ${v.denominator}`, v] as const))(
    '%s: every reference vector',
    async (_, vector) => {
      (await worstError(vector, SLACK.singles, BLOCK)).expectWithin(UNITS);
    },
  );
});
