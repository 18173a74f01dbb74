import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { startWebGPU } from 'opau/webgpu-node';
import { requiredDevices } from '../support/required-devices.js';

const missing = (name: string): Error =>
  Object.assign(new Error(`Cannot find package '${name}' imported from x`), { code: 'ERR_MODULE_NOT_FOUND' });

const SOFTWARE = { features: new Set(), info: { description: 'SwiftShader driver' }, requestDevice: async () => ({}) };

/** A machine whose Dawn finds this adapter, and where importing the backend does this. */
const machine = (adapter: object | null, backend: () => unknown) => async (name: string) =>
  name === 'webgpu' ? { globals: {}, create: () => ({ requestAdapter: async () => adapter }) } : backend();

describe('startWebGPU says in one line what is missing', () => {
  it('a package', async () => {
    const load = async (name: string): Promise<unknown> => Promise.reject(missing(name));
    await expect(startWebGPU({ load })).rejects.toThrow(
      /^WebGPU in Node needs the package webgpu: npm install webgpu@0.6.2$/,
    );
  });

  it('a package that is there and does not load', async () => {
    const load = async (): Promise<unknown> => Promise.reject(new Error('GLIBCXX_3.4.31 not found\n  at x'));
    await expect(startWebGPU({ load })).rejects.toThrow(
      /^WebGPU in Node could not load webgpu: GLIBCXX_3.4.31 not found$/,
    );
  });

  it('an adapter', async () => {
    const load = machine(null, () => ({}));
    await expect(startWebGPU({ load })).rejects.toThrow(/found no graphics adapter: install a Vulkan driver .*VK_ICD_/);
  });

  it('an adapter that is no software, where that is asked for', async () => {
    const load = machine(SOFTWARE, () => ({}));
    await expect(startWebGPU({ load, software: false })).rejects.toThrow(/is a software one \(SwiftShader driver\)$/);
    expect((globalThis.navigator as { gpu?: unknown } | undefined)?.gpu).toBeUndefined();
  });

  it('a backend that tfjs does not know', async () => {
    const load = machine(SOFTWARE, () => ({}));
    await expect(startWebGPU({ load })).rejects.toThrow(/tfjs refused the webgpu backend .* import it later$/);
    delete (globalThis as { navigator?: unknown }).navigator;
  });
});

const SWIFTSHADER = '/usr/lib/chromium/vk_swiftshader_icd.json';

describe('startWebGPU in a process of its own', () => {
  // Dawn lives on threads of its own, which must not keep the process.
  it.skipIf(!existsSync(SWIFTSHADER) && !requiredDevices().has('webgpu'))(
    'computes, uses subgroups, and lets the process end by itself',
    async () => {
      const folder = fileURLToPath(new URL(`../.emitted/${process.pid}-webgpu-node/`, import.meta.url));
      await mkdir(folder, { recursive: true });
      const source = readFileSync(new URL('../../runtime/webgpu-node.ts', import.meta.url), 'utf8');
      const options = { compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 } };
      await writeFile(`${folder}webgpu-node.mjs`, ts.transpileModule(source, options).outputText);
      await writeFile(
        `${folder}main.mjs`,
        `import { startWebGPU } from './webgpu-node.mjs';
         import { add, backend, ones } from '@tensorflow/tfjs-core';
         const first = await startWebGPU();
         const again = await startWebGPU();
         const sum = await add(ones([2000]), 1).data();
         const subgroups = backend().device.features.has('subgroups');
         console.log(JSON.stringify({ first, same: JSON.stringify(first) === JSON.stringify(again), subgroups, last: sum[1999] }));`,
      );
      const env = { VK_ICD_FILENAMES: SWIFTSHADER, ...process.env };
      const { stdout } = await promisify(execFile)(process.execPath, [`${folder}main.mjs`], { env, timeout: 30_000 });
      const { first, same, subgroups, last } = JSON.parse(stdout.trim().split('\n').at(-1)!) as {
        first: { subgroups: boolean; description: string };
        same: boolean;
        subgroups: boolean;
        last: number;
      };
      expect(last).toBe(2);
      expect(same).toBe(true);
      expect(subgroups).toBe(first.subgroups);
      expect(first.description).not.toBe('');
    },
  );
});
