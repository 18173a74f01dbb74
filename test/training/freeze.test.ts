import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { grad, tensor, type Tensor } from '@tensorflow/tfjs-core';
import { layers, sequential, type LayersModel } from '@tensorflow/tfjs-layers';
import type { PadeLayer, PadeLayerArgs } from 'opau/runtime';
import { coefficientsOf, freezeModel, generatedLayers } from 'opau/training';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HermitePade5x4, hermitePade5x4 } from '../../generated/hermite-5-4.js';
import { run } from '../cli/support.js';
import { BACKENDS, useBackend } from '../support/backends.js';
import { diagnostics } from '../support/diagnostics.js';
import { arithmeticOnly, directory, numbers } from '../support/emit.js';
import { noise, roundTrip } from './support.js';

const folder = `${directory}${process.pid}-frozen`;
mkdirSync(folder, { recursive: true });
/** Kernels without fit and witness, which have tests of their own. */
const world = { cwd: folder, options: { stages: arithmeticOnly } };
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const network = (args?: PadeLayerArgs): LayersModel =>
  sequential({
    layers: [
      layers.dense({ units: 4, inputShape: [3] }),
      new HermitePade5x4({ ...args, name: 'f' }),
      layers.dense({ units: 1 }),
    ],
  });
/** With coefficients that differ from set to set. */
function trained(args?: PadeLayerArgs): { model: LayersModel; layer: PadeLayer } {
  const model = network(args);
  const layer = model.getLayer('f') as PadeLayer;
  layer.setWeights(layer.getWeights().map((w, seed) => tensor(numbers(noise(1, w.size, seed + 3)), w.shape)));
  return { model, layer };
}
const SHARINGS: readonly [string, PadeLayerArgs][] = [
  ['one set', {}],
  ['a set a channel', { sharing: 'channel' }],
  ['a set for two channels', { sharing: { groups: 2 } }],
  ['a set an element', { sharedAxes: [] }],
];
/** Hard places, four a row. */
const x = () => tensor([0, -0, 1, -1, 1e-30, 3e38, -3e38, 0.5, -7.25, 40, 1e8, -1e-3], [3, 4]);

interface FrozenModule {
  readonly op: (x: Tensor) => Tensor;
  readonly Layer: new () => layers.Layer;
}
const modules = new Map<string, Promise<FrozenModule>>();

/** Freezes a layer by the command, and loads what it wrote; the same coefficients once, on whatever backend. */
async function frozenModule(layer: PadeLayer): Promise<FrozenModule> {
  const json = JSON.stringify(await coefficientsOf(layer));
  const known = modules.get(json) ?? writeAndLoad(json, `Gate${modules.size}`);
  modules.set(json, known);
  return known;
}

async function writeAndLoad(json: string, name: string): Promise<FrozenModule> {
  writeFileSync(`${folder}/${name}.json`, json);
  const result = await run(`freeze --coefficients ${name}.json --name ${name} --out .`, world);
  expect(result).toMatchObject({ code: 0, stdout: '' });
  const module = (await import(`${folder}/${name}.ts`)) as Record<string, unknown>;
  return { op: module[`g${name.slice(1)}`] as FrozenModule['op'], Layer: module[name] as FrozenModule['Layer'] };
}

describe.each(BACKENDS)('freezing on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  it.each(SHARINGS)('a model keeps every value and has no coefficients among its weights: %s', async (_, args) => {
    const { model } = trained(args);
    const frozen = await freezeModel(model);
    const probe = noise(20, 3);
    const expected = numbers(model.predict(probe) as Tensor);
    expect(numbers(frozen.predict(probe) as Tensor)).toEqual(expected);
    expect(frozen.weights.map(({ originalName }) => originalName.split('/').at(-1))).toEqual([
      'kernel',
      'bias',
      'kernel',
      'bias',
    ]);
    expect(frozen.layers.map(({ name }) => name)).toEqual(model.layers.map(({ name }) => name));
    expect(generatedLayers(frozen)).toEqual([]);
    expect(numbers((await roundTrip(frozen)).predict(probe) as Tensor)).toEqual(expected);
  });

  it('a frozen model trains its other weights', async () => {
    const frozen = await freezeModel(trained().model);
    frozen.compile({ optimizer: 'adam', loss: 'meanSquaredError' });
    const { history } = await frozen.fit(noise(40, 3), noise(40, 1, 2), { epochs: 5, verbose: 0 });
    expect(history['loss']!.at(-1)!).toBeLessThan(history['loss']![0] as number);
  });

  it.each(SHARINGS)('a module computes what the layer computed, to the last bit: %s', async (_, args) => {
    const { layer } = trained(args);
    const { op, Layer } = await frozenModule(layer);
    const expected = numbers(layer.apply(x()) as Tensor);
    expect(new Set(expected).size).toBeGreaterThan(6);
    expect(numbers(op(x()))).toEqual(expected);
    const own = new Layer();
    expect(numbers(own.apply(x()) as Tensor)).toEqual(expected);
    expect(own.weights).toEqual([]);
  });

  it('is differentiable by x', async () => {
    const { layer } = trained();
    const { op } = await frozenModule(layer);
    const [c, d] = layer.getWeights() as [Tensor, Tensor];
    const slope = (f: (x: Tensor) => Tensor): number[] => numbers(grad(f)(x()));
    expect(slope(op)).toEqual(slope((v) => hermitePade5x4(v, c, d)));
  });
});

describe('opau-gen freeze', () => {
  let good: Awaited<ReturnType<typeof coefficientsOf>>;
  beforeAll(async () => {
    await useBackend('cpu');
    good = await coefficientsOf(trained().layer);
  });
  const freeze = (data: unknown, flags = '') => {
    writeFileSync(`${folder}/given.json`, typeof data === 'string' ? data : JSON.stringify(data));
    return run(`freeze --coefficients given.json --out new ${flags}`, world);
  };

  it('emits modules that the strictest project takes, the same each time', async () => {
    const [one, two] = [await freeze(good), await freeze(good)];
    expect(one.stderr).toBe('froze 10 coefficients of given.json into new/hermite-5-4-frozen.ts\n');
    expect(two).toEqual(one);
    expect(diagnostics([`${folder}/new/hermite-5-4-frozen.ts`])).toEqual([]);
    const polynomial = {
      ...good,
      spec: { ...good.spec, basis: 'monomial', n: 0 },
      sets: [2],
      c: Array(12).fill(0.1),
      d: [],
    };
    expect((await freeze(polynomial, '--name Line')).code).toBe(0);
    expect(diagnostics([`${folder}/new/Line.ts`])).toEqual([]);
  });

  it.each<[string, (data: typeof good) => unknown, string, RegExp]>([
    ['no JSON', () => '{', '', /"given.json": it is no JSON/],
    ['a list', () => [], '', /it holds no JSON object/],
    ['no spec', () => ({}), '', /it has no "spec"/],
    [
      'an unknown basis',
      (data) => ({ ...data, spec: { ...data.spec, basis: 'hermit' } }),
      '',
      /did you mean "hermite"/,
    ],
    ['a degree that is none', (data) => ({ ...data, spec: { ...data.spec, m: 'x' } }), '', /--m is x/],
    [
      'a key of another version',
      (data) => ({ ...data, spec: { ...data.spec, extra: 1 } }),
      '',
      /"extra", which this version/,
    ],
    ['too few', (data) => ({ ...data, c: [1] }), '', /"c" has 1 numbers, but 1 x 6 are needed/],
    ['NaN', (data) => ({ ...data, d: [1, 2, NaN, 4] }), '', /"d"\[2\] is not a finite float32/],
    ['beyond float32', (data) => ({ ...data, d: [1, 1e39, 3, 4] }), '', /"d"\[1\] is not a finite float32/],
    ['sets that are none', (data) => ({ ...data, sets: [0] }), '', /"sets" is \[0\]/],
    ['a name that is none', (data) => data, '--name 1st', /--name is "1st": a class's name/],
  ])('refuses %s in one line, and writes nothing', async (_, change, flags, message) => {
    rmSync(`${folder}/new`, { recursive: true, force: true });
    const { code, stdout, stderr } = await freeze(change(good), flags);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd()).not.toContain('\n');
  });

  it('says what is missing', async () => {
    expect((await run('freeze')).stderr).toMatch(/--coefficients is missing: it names a file with the JSON of/);
    expect((await run('freeze --coefficients nowhere.json', { cwd: folder })).stderr).toMatch(
      /cannot read .*no such file/,
    );
    const plain = sequential({ name: 'plain', layers: [layers.dense({ units: 1, inputShape: [1] })] });
    await expect(freezeModel(plain)).rejects.toThrow('plain has no generated layers');
    await expect(coefficientsOf(new HermitePade5x4({ name: 'loose' }))).rejects.toThrow(
      'loose has no coefficients yet',
    );
  });
});
