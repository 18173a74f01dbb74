// What can be said of the webgl kernels without a browser: which shaders they run and with what. A browser runs them.
import { env, getKernel, type TensorInfo } from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { CpuKernels } from '../../runtime/cpu.js';
import { planBlocks, planSums, RUN, texelsShape } from '../../runtime/webgl/plan.js';
import { FakeBackend } from './webgl-fake.js';
import { arithmeticOnly, emitAndLoad, specOf } from '../support/emit.js';
import { className } from '../../compiler/emit/identity.js';

/** Keywords of GLSL ES 3.00, those it reserves for later, and what it and tfjs's part of a shader give a meaning. */
const TAKEN = new Set(
  `attribute const uniform varying layout centroid flat smooth break continue do for while switch case default if else in
  out inout float int void bool true false invariant discard return lowp mediump highp precision sampler2D struct uint
  vec2 vec3 vec4 ivec2 ivec3 ivec4 uvec4 bvec4 mat2 mat3 mat4 asm class union enum typedef template this packed resource
  goto inline noinline volatile public static extern external interface long short double half fixed unsigned superp
  input output hvec2 hvec3 hvec4 dvec2 dvec3 dvec4 fvec2 fvec3 fvec4 filter image1D image2D common partition active
  sizeof cast namespace using subroutine sample patch coherent restrict readonly writeonly atomic_uint noperspective
  precise main round isnan isinf abs max min mix clamp texture random imod idiv setOutput resultUV outputColor halfCR
  real let bits Wide numerator denominator sgn wide narrow term`.split(/\s+/),
);

const FORMULAS = [
  ...['monomial', 'chebyshev-t', 'chebyshev-u', 'legendre', 'laguerre', 'hermite', 'hermite-phys'].flatMap((basis) =>
    ['sum-abs', 'abs-sum', 'none'].map((denominator) => [basis, 5, 4, denominator] as const),
  ),
  ['legendre', 2, 0, 'sum-abs'],
  ['hermite', 0, 1, 'sum-abs'],
  ['laguerre', 9, 8, 'none'],
  ['hermite', 32, 32, 'abs-sum'],
] as const;

type Shape = [outer: number, sets: number, inner: number];

/** Runs both kernels of an activation on the fake: their results, all they ran, and what they left behind. */
async function runBoth(
  [basis, m, n, denominator]: readonly [string, number, number, string],
  shape: Shape,
  x: (backend: FakeBackend) => TensorInfo,
) {
  const spec = specOf(basis, m, n, denominator);
  await emitAndLoad(spec, arithmeticOnly);
  const backend = new FakeBackend();
  const inputs = {
    x: x(backend),
    dy: x(backend),
    c: backend.make([shape[1], m + 1], 'float32'),
    d: backend.make([n === 0 ? 1 : shape[1], n], 'float32'),
  };
  const call = (name: string): TensorInfo | TensorInfo[] =>
    getKernel(name, 'webgl').kernelFunc({
      inputs,
      backend,
      attrs: { shape },
    } as unknown as Parameters<ReturnType<typeof getKernel>['kernelFunc']>[0]) as TensorInfo | TensorInfo[];
  const y = call(`Opau${className(spec)}`) as TensorInfo;
  const gradients = call(`Opau${className(spec)}Grad`) as TensorInfo[];
  const expected = new Set([...Object.values(inputs), y, ...gradients].map(({ dataId }) => dataId));
  return { backend, inputs, y, gradients, left: [...backend.alive].filter((dataId) => !expected.has(dataId)) };
}

beforeAll(() => {
  env().registerFlag('WEBGL_VERSION', () => 2);
  env().registerFlag('WEBGL_RENDER_FLOAT32_ENABLED', () => true);
});
afterEach(() => {
  env().set('WEBGL_VERSION', 2);
  env().set('WEBGL_RENDER_FLOAT32_ENABLED', true);
  vi.restoreAllMocks();
});

const vector = (backend: FakeBackend): TensorInfo => backend.make([30], 'float32');

describe('shaders for WebGL 2', () => {
  it.each(FORMULAS)('are GLSL in their names and brackets: %s %d/%d %s', async (...formula) => {
    for (const shape of [
      [1, 1, 30],
      [2, 3, 5],
    ] as Shape[]) {
      const { backend } = await runBoth(formula, shape, vector);
      for (const { code } of backend.runs) {
        const text = code.replace(/\/\*[^]*?\*\/|\/\/.*/g, '');
        expect(nesting(text)).toBe('');
        expect(text.match(/#define let /g) ?? []).toHaveLength((text.match(/#undef let/g) ?? []).length);
        const declared = [...text.matchAll(/^\s*let (\w+) = (.*);$/gm)];
        for (const [, name, value] of declared) {
          expect(TAKEN.has(name!), name).toBe(false);
          expect(name).not.toMatch(/__|^gl_|^wide_/);
          // A number alone is no vector of four.
          expect(value).not.toMatch(/^\(?-?[\d.e+-]+\)?$/);
        }
      }
    }
  });

  it('read what they declare, and nothing else', async () => {
    for (const formula of [FORMULAS[0]!, ['legendre', 2, 0, 'sum-abs'] as const]) {
      const { backend } = await runBoth(formula, [2, 3, 5], vector);
      for (const { code, inputs, operands } of backend.runs) {
        expect(operands).toHaveLength(inputs.length);
        for (const name of inputs) expect(code).toMatch(new RegExp(`\\b${name}\\b`));
      }
      expect(backend.runs[0]!.inputs).toEqual(formula[2] === 0 ? ['cs'] : ['cs', 'ds']);
    }
  });
});

/** What is left of a text when all pairs of brackets are taken out. */
const nesting = (text: string): string => {
  let rest = text.replace(/[^(){}[\]]/g, '');
  for (let before = ''; before !== rest;) {
    before = rest;
    rest = rest.replace(/\(\)|\{\}|\[\]/g, '');
  }
  return rest;
};

describe('kernels for WebGL 2', () => {
  const formula = ['hermite', 5, 4, 'sum-abs'] as const;

  it.each([
    [[1, 1, 30], [30]],
    [[1, 1, 1], []],
    [
      [1, 1, 1e7],
      [1000, 100, 100],
    ],
    [
      [60, 4, 1],
      [3, 4, 5, 4],
    ],
    [
      [1, 4, 60],
      [4, 3, 4, 5],
    ],
  ] as [Shape, number[]][])('leave nothing behind, whatever the layout: %j of %j', async (shape, of) => {
    for (const make of ['make', 'unpacked'] as const) {
      const { y, gradients, left } = await runBoth(formula, shape, (backend) => backend[make](of, 'float32'));
      expect(left).toEqual([]);
      expect([y, ...gradients].map((tensor) => tensor.shape)).toEqual([of, of, [shape[1], 6], [shape[1], 4]]);
    }
  });

  it('pack x and dy once, not for each shader', async () => {
    const { backend } = await runBoth(formula, [1, 1, 30], (fake) => fake.unpacked([30]));
    const read = backend.runs.flatMap(({ inputs, operands }) => (inputs.includes('dys') ? [operands] : []));
    // dx, and all sums.
    expect(read).toHaveLength(2);
    expect(new Set(read.map(([x]) => x!.dataId)).size).toBe(1);
  });

  // Sums for c_0 .. c_3, c_4 .. c_5, d_1 .. d_4.
  it.each([
    ['as many as there are', 8, 8, [2]],
    ['two', 2, 8, [1, 0]],
    ['one', 1, 8, [0, 0, 0]],
    ['fewer of such textures than it says', 8, 2, [1, 0]],
    ['only one of such textures, whatever it says', 4, 1, [0, 0, 0]],
  ])('write the sums into several textures at once, where a device can: %s', async (_, said, real, expected) => {
    const { backend, left } = await runBoth(formula, [1, 1, 30], (fake) => {
      fake.gpgpu.gl.limits = { said, real };
      return vector(fake);
    });
    const sums = backend.runs.filter(({ inputs, code }) => inputs.includes('dys') && code.includes('finish()'));
    expect(sums.map(({ more }) => more)).toEqual(expected);
    for (const { code, more } of sums) {
      expect(code.match(/^layout\(location = \d\) out vec4 output\d;$/gm) ?? []).toHaveLength(more);
      const text = backend.gpgpu.gl.compiled.find((compiled) => compiled.includes(code))!;
      expect(text.startsWith(more === 0 ? 'out vec4 ' : 'layout(location = 0) out vec4 outputColor;')).toBe(true);
    }
    expect(left).toEqual([]);
    // All is as tfjs left it.
    const { gl } = backend.gpgpu;
    expect([gl.attached.size, gl.drawn, Object.hasOwn(gl, 'shaderSource')]).toEqual([0, [100], false]);
  });

  it('give zeros for no elements, and run nothing', async () => {
    const { backend, y, gradients } = await runBoth(formula, [0, 3, 5], (fake) => fake.make([0, 3, 5], 'float32'));
    expect(backend.runs).toEqual([]);
    expect(y.shape).toEqual([0, 3, 5]);
    expect(gradients.map(({ dataId }) => [...backend.readSync(dataId)])).toEqual([
      [],
      Array(18).fill(0),
      Array(12).fill(0),
    ]);
  });

  it('say what to do when the context is lost', async () => {
    const lost = (backend: FakeBackend): TensorInfo => {
      backend.gpgpu.gl.isLost = true;
      return vector(backend);
    };
    await expect(runBoth(formula, [1, 1, 30], lost)).rejects.toThrow(/WebGL context.*reload the page/);
  });

  it.each([
    ['WEBGL_RENDER_FLOAT32_ENABLED', false, 'its textures are float16'],
    ['WEBGL_VERSION', 1, 'it has WebGL 1 only'],
  ] as const)('run in JavaScript where %s is %s, and say so once', async (flag, value, reason) => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    env().set(flag, value);
    const { registerWebGLKernels } = await import('../../runtime/webgl/kernels.js');
    const { spec } = await emitAndLoad(specOf(...formula), arithmeticOnly);
    const seen: number[][] = [];
    const cpu: CpuKernels = {
      forward: (xs, c, d, ys) => {
        seen.push([...xs], [...c], [...d]);
        ys.set(xs.map((x) => x + 1));
      },
      backward: (_, dys, __, ___, dxs, dc, dd) => {
        dxs.set(dys);
        dc.fill(2);
        dd.fill(3);
      },
    };
    const none = { radius: -1, plain: '', wide: '' };
    registerWebGLKernels('Fallback', spec, { forward: none, backward: none, finish: '' }, cpu);
    const backend = new FakeBackend();
    const tensor = (shape: number[], values: number[]): TensorInfo =>
      backend.makeTensorInfo(shape, 'float32', Float32Array.from(values));
    const inputs = {
      x: tensor([2, 2], [1, 2, 3, 4]),
      dy: tensor([2, 2], [5, 6, 7, 8]),
      c: tensor([2, 6], Array(12).fill(0.5)),
      d: tensor([2, 4], Array(8).fill(0.25)),
    };
    const call = (name: string): TensorInfo | TensorInfo[] =>
      getKernel(name, 'webgl').kernelFunc({
        inputs,
        backend,
        attrs: { shape: [2, 2, 1] },
      } as unknown as Parameters<ReturnType<typeof getKernel>['kernelFunc']>[0]) as TensorInfo | TensorInfo[];
    for (let time = 0; time < 2; time++) {
      expect([...backend.readSync((call('Fallback') as TensorInfo).dataId)]).toEqual([2, 3, 4, 5]);
    }
    const gradients = call('FallbackGrad') as TensorInfo[];
    expect(gradients.map(({ dataId }) => [...backend.readSync(dataId)])).toEqual([
      [5, 6, 7, 8],
      Array(12).fill(2),
      Array(8).fill(3),
    ]);
    expect(seen.slice(0, 2)).toEqual([[1, 3], Array(6).fill(0.5)]);
    expect(warn.mock.calls.map(([message]) => String(message))).toEqual([expect.stringContaining(reason)]);
  });
});

describe('how sums are divided among fragments', () => {
  it.each([
    [1, 1, 1, 4],
    [250, 1, 1000, 4],
    [2_500_000, 1, 1e7, 4],
    [40_000, 25, 1, 1],
    [40_000, 25, 100, 1],
    [7, 3000, 1, 1],
  ] as const)('%d of each of %d sets, %d side by side', (count, sets, inner, each) => {
    const { items, chunks, strides } = planBlocks(count, sets, inner, each);
    expect(items % RUN).toBe(0);
    expect(items * each).toBeLessThanOrEqual(512);
    expect(items * chunks).toBeGreaterThanOrEqual(count);
    expect(items * (chunks - 1)).toBeLessThan(count);
    // Each chunk of each set has a place of its own, and a fragment there finds out which it is.
    const places = new Set<number>();
    for (let chunk = 0; chunk < chunks; chunk += Math.ceil(chunks / 50)) {
      for (let set = 0; set < sets; set += Math.ceil(sets / 50)) {
        const place = chunk * strides[0] + set * strides[1];
        expect(places.has(place)).toBe(false);
        expect(place).toBeLessThan(chunks * sets);
        expect([Math.floor(place / strides[0]) % chunks, Math.floor(place / strides[1]) % sets]).toEqual([chunk, set]);
        places.add(place);
      }
    }
  });

  it('adds at most 64 at a time, down to at most 64', () => {
    for (const chunks of [1, 64, 65, 4096, 4097, 1_000_000]) {
      const left = [chunks, ...planSums(chunks)];
      expect(left.at(-1)).toBeLessThanOrEqual(64);
      left.slice(1).forEach((kept, i) => {
        expect(kept).toBeLessThan(left[i]!);
        expect(Math.ceil(left[i]! / kept)).toBeLessThanOrEqual(64);
      });
    }
  });

  it('finds room for any number of texels, without long and narrow textures', () => {
    for (const texels of [1, 2, 3, 5, 64, 1000, 19_532]) {
      const [rows, columns] = texelsShape(texels);
      expect((rows / 2) * (columns / 2)).toBeGreaterThanOrEqual(texels);
      expect(Math.abs(rows - columns)).toBeLessThanOrEqual(2);
    }
  });
});
