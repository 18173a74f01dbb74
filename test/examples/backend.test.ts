import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { chooseBackend } from '../../examples/fashion-mnist/backend.js';
import type { Load } from '../../examples/fashion-mnist/backend-candidates.js';

const missing = (name: string): Error =>
  Object.assign(new Error(`Cannot find package '${name}' imported from x`), { code: 'ERR_MODULE_NOT_FOUND' });

/** A machine on which only these packages can be imported; an Error is what importing one of them throws. */
const machine =
  (packages: Readonly<Record<string, Error | true>>): Load =>
  async (name) => {
    const found = packages[name];
    if (found === undefined) throw missing(name);
    if (found !== true) throw found;
    return import(name);
  };

const WASM = { '@tensorflow/tfjs-backend-wasm': true } as const;
const CPU = { '@tensorflow/tfjs-backend-cpu': true } as const;

test('wasm is the best of what is always there', async () => {
  const { name, why } = await chooseBackend(undefined, machine({ ...WASM, ...CPU }));
  expect(name).toBe('wasm');
  expect(tf.getBackend()).toBe('wasm');
  expect(why).toBe('WebAssembly on the CPU; node-gpu: not installed; webgpu: not installed; node: not installed');
});

test('cpu is the last resort', async () => {
  expect((await chooseBackend(undefined, machine(CPU))).name).toBe('cpu');
});

test('a package that is there but fails to load is named with its fault', async () => {
  const broken = { '@tensorflow/tfjs-node': new Error('libtensorflow.so.2: cannot open shared object file\n  at x') };
  const { why } = await chooseBackend(undefined, machine({ ...broken, ...WASM }));
  expect(why).toContain('node: libtensorflow.so.2: cannot open shared object file');
});

test('a package that misses a part of its own counts as broken, not as absent', async () => {
  const { why } = await chooseBackend(
    undefined,
    machine({ '@tensorflow/tfjs-node': missing('node-pre-gyp'), ...WASM }),
  );
  expect(why).toContain("node: Cannot find package 'node-pre-gyp'");
});

test('a backend that tfjs will not set is not chosen', async () => {
  // Importing succeeds, but registers no backend of the name "tensorflow".
  const load: Load = async (name) => (name === '@tensorflow/tfjs-node' ? {} : machine(WASM)(name));
  const { name, why } = await chooseBackend(undefined, load);
  expect(name).toBe('wasm');
  expect(why).toMatch(/node: .*tensorflow/);
});

test('one that is asked for is taken, or refused in one line', async () => {
  expect((await chooseBackend('cpu', machine({ ...WASM, ...CPU }))).why).toBe(
    'plain JavaScript, slow; asked for with --backend',
  );
  await expect(chooseBackend('node', machine(WASM))).rejects.toThrow(/^no backend: node: not installed$/);
});
