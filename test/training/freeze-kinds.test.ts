// Every kind of activation that a layer can be generated for is carried over by freezing.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tensor, type Tensor } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import type { PadeLayer } from 'opau/runtime';
import { coefficientsOf, freezeModel } from 'opau/training';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recurrenceFamily } from '../../compiler/bases/recurrence.js';
import { defineSpec, type SpecRequest } from '../../compiler/spec.js';
import { run, type Run } from '../cli/support.js';
import { BACKENDS, useBackend } from '../support/backends.js';
import { diagnostics } from '../support/diagnostics.js';
import { arithmeticOnly, directory, emitAndLoad, numbers } from '../support/emit.js';
import { noise } from './support.js';

const folder = `${directory}${process.pid}-frozen-kinds`;
/** Recurrences that are none of the compiler’s. */
const MINE = { a: '(k+3)/(k+2)', b: '1/(k+2)', c: '(k+1)/(k+2)' };
const OTHER = { name: 'my.config.json', a: '2', b: '1/3', c: '1' };
mkdirSync(folder, { recursive: true });
const config = (bases: object): string =>
  JSON.stringify({ bases, activations: [{ basis: Object.keys(bases)[0], m: 2, n: 1 }] });
writeFileSync(`${folder}/opau.config.json`, config({ mine: MINE }));
writeFileSync(`${folder}/my.config.json`, config({ other: { ...OTHER, name: undefined } }));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const world = { cwd: folder, options: { stages: arithmeticOnly } };
const KINDS: readonly [string, SpecRequest, string?][] = [
  ['a domain', { basis: 'legendre', m: 3, n: 2, domain: ['-7/2', '3'] }],
  ['an orthonormal basis', { basis: 'hermite', m: 4, n: 3, normalise: true }],
  ['both', { basis: 'laguerre', m: 3, n: 3, domain: ['-3', '3'], normalise: true, denominator: 'abs-sum' }],
  ['parameters', { basis: 'jacobi(1/2,-1/3)', m: 3, n: 2 }],
  ['a recurrence of one’s own', { basis: recurrenceFamily({ name: 'mine', ...MINE }), m: 3, n: 2 }],
  [
    'the same, normalised on a domain',
    { basis: recurrenceFamily({ name: 'mine', ...MINE }), m: 3, n: 2, domain: ['-2', '5/2'], normalise: true },
  ],
  [
    'a recurrence in a config of another name',
    { basis: recurrenceFamily({ ...OTHER, name: 'other' }), m: 2, n: 2 },
    '--config my.config.json',
  ],
  ['kernels of cpu and wasm only', { basis: 'chebyshev-u', m: 3, n: 2, backends: ['cpu', 'wasm'] }],
];
const x = (): Tensor => tensor([0, -0, 1, -1, 1e-30, 3e38, -3e38, 0.5, -7.25, 40, 1e8, -1e-3, 2.5, 0.3, -2, 9]);

/** A layer of an emitted module, with coefficients that training might leave. */
async function trainedLayer(request: SpecRequest): Promise<PadeLayer> {
  const { Layer } = await emitAndLoad(defineSpec(request), arithmeticOnly);
  const layer = new Layer({ name: 'f' }) as PadeLayer;
  layer.build([null, 1]);
  layer.setWeights(layer.getWeights().map((w, seed) => tensor(numbers(noise(1, w.size, seed + 5)), w.shape)));
  return layer;
}

let count = 0;
/** Freezes by the command. */
async function freeze(layer: PadeLayer, flags = ''): Promise<{ name: string; path: string; result: Run }> {
  const name = `Gate${count++}`;
  writeFileSync(`${folder}/${name}.json`, JSON.stringify(await coefficientsOf(layer)));
  const result = await run(`freeze --coefficients ${name}.json --name ${name} --out out ${flags}`, world);
  return { name, path: `${folder}/out/${name}.ts`, result };
}

describe.each(BACKENDS)('freezing on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  it.each(KINDS)('keeps every value to the last bit: %s', async (_, request, flags) => {
    const layer = await trainedLayer(request);
    // Before the frozen module is loaded: it puts its kernels in the place of the layer's own.
    const expected = numbers(layer.apply(x()) as Tensor);
    expect(new Set(expected).size).toBeGreaterThan(10);
    const { name, path, result } = await freeze(layer, flags);
    expect(result).toMatchObject({ code: 0, stdout: '' });
    const module = (await import(path)) as Record<string, unknown>;
    expect(numbers((module[`g${name.slice(1)}`] as (x: Tensor) => Tensor)(x()))).toEqual(expected);
    const own = new (module[name] as new () => layers.Layer)();
    expect(numbers(own.apply(x()) as Tensor)).toEqual(expected);
    expect(own.weights).toEqual([]);
  });

  it.each(KINDS)('keeps every value of a model: %s', async (_, request) => {
    const layer = await trainedLayer(request);
    const model = sequential({ layers: [layers.dense({ units: 3, inputShape: [2] }), layer] });
    const probe = noise(20, 2);
    const expected = numbers(model.predict(probe) as Tensor);
    const frozen = await freezeModel(model);
    expect(numbers(frozen.predict(probe) as Tensor)).toEqual(expected);
    expect(frozen.layers[1]!.weights).toEqual([]);
  });
});

describe('opau-gen freeze', () => {
  const texts = new Map<string, string>();
  beforeAll(async () => {
    await useBackend('cpu');
    for (const [what, request, flags] of KINDS) {
      const { path, result } = await freeze(await trainedLayer(request), flags);
      expect(result.code, result.stderr).toBe(0);
      expect(diagnostics([path])).toEqual([]);
      texts.set(what, readFileSync(path, 'utf8'));
    }
  });

  it.each([
    ['a domain', 'npx opau-gen --basis legendre --m 3 --n 2 --domain -7/2,3'],
    ['an orthonormal basis', 'npx opau-gen --basis hermite --m 4 --n 3 --normalise'],
    ['parameters', 'npx opau-gen --basis "jacobi(1/2,-1/3)" --m 3 --n 2'],
    ['a recurrence of one’s own', 'npx opau-gen --config opau.config.json'],
    ['a recurrence in a config of another name', 'npx opau-gen --config my.config.json'],
    ['kernels of cpu and wasm only', 'npx opau-gen --basis chebyshev-u --m 3 --n 2 --backends cpu,wasm'],
  ])('says what the layer was generated by: %s', (what, command) => {
    expect(texts.get(what)).toContain(`\n// A trained layer with its coefficients fixed. Its activation: ${command}\n`);
  });

  it('keeps the backends that a layer was generated for, unless told others', async () => {
    const carried = (text: string): boolean[] => [/^ {2}wasm,$/m.test(text), /^ {2}webgpu: shader,$/m.test(text)];
    expect(carried(texts.get('kernels of cpu and wasm only')!)).toEqual([true, false]);
    expect(carried(texts.get('a domain')!)).toEqual([true, true]);
    const layer = await trainedLayer(KINDS.at(-1)![1]);
    const freezeFor = async (backends: string): Promise<boolean[]> => {
      const { path, result } = await freeze(layer, `--backends ${backends}`);
      expect(result.code).toBe(0);
      expect(diagnostics([path])).toEqual([]);
      return carried(readFileSync(path, 'utf8'));
    };
    expect(await freezeFor('cpu')).toEqual([false, false]);
    expect(await freezeFor('webgpu')).toEqual([false, true]);
    expect((await freeze(layer, '--backends gpu')).result).toEqual({
      code: 2,
      stdout: '',
      stderr: 'opau-gen: unknown backend "gpu": use one of cpu, wasm, webgpu, webgl; did you mean "cpu"?\n',
    });
  });

  const asked = async (change: object, flags = '', cwd = folder): Promise<Run> => {
    const data = await coefficientsOf(await trainedLayer(KINDS[4]![1]));
    writeFileSync(`${folder}/given.json`, JSON.stringify({ ...data, spec: { ...data.spec, ...change } }));
    return run(`freeze --coefficients ${folder}/given.json -o - ${flags}`, { ...world, cwd });
  };
  it.each<[string, object, string, string, RegExp]>([
    [
      'no config',
      {},
      '',
      '/',
      /unknown basis "mine": .*; a basis of your own comes from a config: name it with --config FILE/,
    ],
    [
      'a config without it',
      {},
      '--config my.config.json',
      folder,
      /unknown basis "mine": .*; of my\.config\.json: other/,
    ],
    ['a config that is not there', {}, '--config no.json', folder, /--config "no.json": there is no such file/],
    ['a slip', { basis: 'hermit' }, '', folder, /"hermit": .*did you mean "hermite"\?; of opau\.config\.json: mine/],
    [
      'parameters that are missing',
      { basis: 'jacobi' },
      '',
      folder,
      /the basis jacobi has 2 parameters, but 0 are given/,
    ],
    [
      'backends that are no list',
      { backends: 'cpu' },
      '',
      folder,
      /spec\.backends is "cpu", but must be a list of names/,
    ],
    ['a backend that is none', { backends: ['gpu'] }, '', folder, /unknown backend "gpu"/],
  ])('refuses in one line: %s', async (_, change, flags, cwd, message) => {
    const { code, stdout, stderr } = await asked(change, flags, cwd);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd()).not.toContain('\n');
  });

  it('does not read a config for a basis of the compiler’s own', async () => {
    writeFileSync(`${folder}/broken.json`, '{');
    const { code, stdout } = await asked({ basis: 'hermite' }, '--config broken.json');
    expect([code, stdout.includes('class HermitePade3x2Frozen')]).toEqual([0, true]);
  });
});
