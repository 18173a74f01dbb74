// Real processes: backends of this machine, and programs that crash, hang and babble.
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { beforeAll, describe, expect, it } from 'vitest';
import { runProbe } from '../../runtime/doctor/run-probe.js';
import { directory } from '../support/emit.js';
import { requiredDevices } from '../support/required-devices.js';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const folder = `${directory}${process.pid}-doctor/`;
const program = `${folder}child.js`;
const cwd = here('../../');
const env = process.env;

describe('a process', () => {
  const play = async (name: string, text: string, patience?: number) => {
    await mkdir(folder, { recursive: true });
    await writeFile(`${folder}${name}.mjs`, text);
    return runProbe('cpu', {
      cwd,
      env,
      program: `${folder}${name}.mjs`,
      ...(patience === undefined ? {} : { patience }),
    });
  };

  it('that crashes is broken, with its last words', async () => {
    const { probe, log } = await play('crash', `console.error('libfoo.so.1: not found'); process.abort();`);
    expect(probe).toEqual({ state: 'broken', reason: 'its process ended with signal SIGABRT' });
    expect(log).toContain('libfoo.so.1: not found');
  });

  it('that exits without an answer is broken', async () => {
    const { probe } = await play('exit', 'process.exit(3);');
    expect(probe).toEqual({ state: 'broken', reason: 'its process ended with exit code 3' });
  });

  it('that hangs is ended', async () => {
    const { probe } = await play('hang', 'setInterval(() => {}, 1000);', 500);
    expect(probe).toEqual({ state: 'broken', reason: 'no answer within 0.5 s' });
  });

  it('that prints before it answers is heard', async () => {
    const answer = { state: 'absent', missing: ['a@1'] };
    const { probe, log } = await play(
      'babble',
      `console.log('{"state":"works"}'); process.send(${JSON.stringify(answer)}, () => process.exit());`,
    );
    expect(probe).toEqual(answer);
    expect(log).toContain('works');
  });
});

describe('a backend of this machine', () => {
  beforeAll(async () => {
    await build({
      configFile: false,
      logLevel: 'error',
      publicDir: false,
      resolve: {
        alias: {
          'opau/runtime': here('../../runtime/index.ts'),
          'opau/webgpu-node': here('../../runtime/webgpu-node.ts'),
        },
      },
      build: {
        ssr: here('../../runtime/doctor/child.ts'),
        outDir: folder,
        emptyOutDir: false,
        target: 'esnext',
        rolldownOptions: { output: { entryFileNames: 'child.js' } },
      },
    });
  });

  it.each(['cpu', 'wasm'] as const)('%s', async (name) => {
    const { probe, log } = await runProbe(name, { cwd, env, program });
    expect(probe, log).toMatchObject({ state: 'works', found: expect.stringContaining(`${name} 4.22.0`) as string });
  });

  const swiftshader = '/usr/lib/chromium/vk_swiftshader_icd.json';
  it.skipIf(!existsSync(swiftshader) && !requiredDevices().has('webgpu'))('webgpu, in software', async () => {
    const { probe, log } = await runProbe('webgpu', { cwd, env: { VK_ICD_FILENAMES: swiftshader, ...env }, program });
    expect(probe, log).toMatchObject({ state: 'works', traits: { software: true } });
  });

  it('webgpu without a driver is broken', async () => {
    const { probe } = await runProbe('webgpu', { cwd, env: { ...env, VK_ICD_FILENAMES: '/no/driver.json' }, program });
    expect(probe).toMatchObject({ state: 'broken', reason: expect.stringContaining('no graphics adapter') as string });
  });

  const tensorflow = here('../../.tensorflow');
  it.skipIf(
    !existsSync(`${tensorflow}/node_modules/.libtensorflow/requirement`) && !requiredDevices().has('tensorflow'),
  )('tfjs-node', async () => {
    const { probe, log } = await runProbe('tfjs-node', { cwd: tensorflow, env, program });
    expect(probe, log).toMatchObject({ state: 'works', found: expect.stringMatching(/^libtensorflow 2/) as string });
  });

  it('in a project without it is absent', async () => {
    const { probe } = await runProbe('webgpu', { cwd: '/', env, program });
    expect(probe).toMatchObject({ state: 'absent', missing: expect.arrayContaining(['webgpu@0.6.2']) as string[] });
  });
});
