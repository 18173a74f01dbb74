// The package in an empty project: installed, its command run, its types resolved, a model trained, saved and loaded; in
// Node, and in a page that Vite built, under a strict content security policy.
import { existsSync } from 'node:fs';
import { cp, copyFile, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Findings, Outcome } from './projects/consumer/outcome.js';
import { run } from './run.js';
import { launch } from '../devices/browser/launch.js';
import { serve } from '../devices/browser/server.js';
import { requiredDevices } from '../support/required-devices.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const project = `${inject('folder')}/consumer`;
const tsc = `${root}node_modules/.bin/tsc`;
const BACKENDS = ['cpu', 'wasm', 'webgl'];

const TYPES = {
  target: 'ES2022',
  lib: ['ES2022', 'DOM'],
  types: [],
  strict: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: true,
  outDir: 'built',
};

beforeAll(async () => {
  await cp(fileURLToPath(new URL('projects/consumer', import.meta.url)), project, { recursive: true });
  await writeFile(`${project}/package.json`, '{ "name": "consumer", "private": true, "type": "module" }\n');
  const packages = BACKENDS.map((name) => `@tensorflow/tfjs-backend-${name}@4.22.0`);
  // tfjs-core and tfjs-layers come by themselves: they are peers.
  await run(project, 'npm', 'install', '--prefer-offline', '--no-audit', '--no-fund', inject('tarball'), ...packages);
  await run(project, 'npx', 'opau-gen', '--basis', 'hermite', '--m', '3', '--n', '2');
});

/** Every hope in one place. */
function expectTrained(outcome: Outcome, backend: string): void {
  expect(outcome.backend).toBe(backend);
  expect(outcome.lastLoss).toBeLessThan(outcome.firstLoss / 2);
  expect(outcome.moved).toBeGreaterThan(1e-3);
  expect(outcome.difference).toBe(0);
  expect(outcome.loadedClass).toBe('HermitePade3x2');
}

describe('the command', () => {
  it('is installed, and is the packed one', async () => {
    const { version } = JSON.parse(await readFile(`${root}package.json`, 'utf8')) as { version: string };
    expect(await run(project, 'npx', 'opau-gen', '--version')).toBe(`${version}\n`);
  });

  it('doctor finds that cpu and wasm work', async () => {
    const report = await run(project, 'npx', 'opau-gen', 'doctor');
    expect(report).toMatch(/^cpu +works/m);
    expect(report).toMatch(/^wasm +works/m);
    expect(report).toMatch(/^webgpu +absent +npm install webgpu@/m);
    expect(report).toMatch(/^Works here: cpu, wasm\./m);
  });
});

describe('types', () => {
  const check = async (name: string, options: object): Promise<string> => {
    await writeFile(
      `${project}/${name}.json`,
      JSON.stringify({ compilerOptions: { ...TYPES, ...options }, include: ['*.ts'] }),
    );
    return run(project, tsc, '-p', `${name}.json`);
  };

  it('resolve as Node does', async () => {
    await check('nodenext', { module: 'NodeNext', moduleResolution: 'NodeNext' });
  });

  it('resolve as bundlers do', async () => {
    await check('bundler', { module: 'ESNext', moduleResolution: 'Bundler', noEmit: true });
  });

  it('are themselves without a fault, where those of tfjs are not looked at', async () => {
    const found = await check('libraries', { module: 'NodeNext', skipLibCheck: false, noEmit: true }).catch(String);
    expect(found.split('\n').filter((line) => line.includes('node_modules/opau/'))).toEqual([]);
  });
});

describe('in Node', () => {
  const train = async (packageName: string, backend: string): Promise<void> => {
    const stdout = await run(project, process.execPath, 'built/node.js', packageName, backend);
    const { file, ...outcome } = JSON.parse(stdout.trim().split('\n').at(-1)!) as Outcome & { file: string };
    expectTrained(outcome, backend);
    expect(file).toBe(await readFile(`${project}/generated/hermite-3-2.ts`, 'utf8'));
  };

  it.each(['cpu', 'wasm'])('trains, saves and loads on %s; the library writes what the command wrote', (backend) =>
    train(`@tensorflow/tfjs-backend-${backend}`, backend),
  );

  // Made by examples/tfjs-node/link-libtensorflow.mjs.
  const tfjsNode = `${root}.tensorflow/node_modules`;
  const skipped = !existsSync(`${tfjsNode}/.libtensorflow/requirement`) && !requiredDevices().has('tensorflow');
  it.skipIf(skipped)('trains, saves and loads on tfjs-node', async () => {
    await symlink(`${tfjsNode}/@tensorflow/tfjs-node`, `${project}/node_modules/@tensorflow/tfjs-node`);
    await train('@tensorflow/tfjs-node', 'tensorflow');
  });
});

const browser = await launch().catch((error: Error) => error);
const required = [...requiredDevices()].some((name) => name.startsWith('chromium-'));

describe.skipIf(browser instanceof Error && !required)('in a page that Vite built', () => {
  const site = `${project}/site`;

  beforeAll(async () => {
    await build({ configFile: false, logLevel: 'error', root: project, build: { outDir: 'site', target: 'esnext' } });
    await mkdir(`${site}/wasm`, { recursive: true });
    for (const name of ['', '-simd', '-threaded-simd'].map((variant) => `tfjs-backend-wasm${variant}.wasm`)) {
      await copyFile(`${project}/node_modules/@tensorflow/tfjs-backend-wasm/dist/${name}`, `${site}/wasm/${name}`);
    }
  });

  afterAll(async () => {
    if (!(browser instanceof Error)) await browser.close();
  });

  it.each([
    ["script-src 'self' 'wasm-unsafe-eval'", ['cpu', 'wasm', 'webgl']],
    ["script-src 'self'", ['cpu', 'webgl']],
  ])('trains, saves and loads under %s on %j', async (policy, backends) => {
    if (browser instanceof Error) throw browser;
    const headers = { 'Content-Security-Policy': `default-src 'self'; ${policy}; object-src 'none'` };
    const { server, url } = await serve(() => site, headers);
    try {
      const page = await browser.newPage();
      const complaints: string[] = [];
      page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      await page.goto(`${url}/?${backends.join()}`);
      await page.waitForFunction(() => 'findings' in globalThis, undefined, { timeout: 100_000 });
      const findings = await page.evaluate(() => (globalThis as unknown as { findings: Findings }).findings);
      expect(findings.outcomes).toHaveLength(backends.length);
      findings.outcomes.forEach((outcome, i) => {
        if (typeof outcome === 'string') throw new Error(outcome);
        expectTrained(outcome, backends[i]!);
      });
      // Its own attempt, and no other.
      expect(findings.policy).toMatch(/EvalError/);
      expect(complaints.filter((text) => !/eval/i.test(text))).toEqual([]);
      expect(complaints.length).toBeLessThanOrEqual(1);
      await page.close();
    } finally {
      server.close();
    }
  });
});
