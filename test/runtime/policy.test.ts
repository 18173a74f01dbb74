// A page whose content security policy forbids WebAssembly, on a device whose webgl needs what it is for.
import '@tensorflow/tfjs-backend-cpu';
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { setBackend } from '@tensorflow/tfjs-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compute, type Outcome } from './policy-entry.js';
import { launch } from '../devices/browser/launch.js';
import { serve } from '../devices/browser/server.js';
import { directory } from '../support/emit.js';
import { requiredDevices } from '../support/required-devices.js';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const site = `${directory}${process.pid}-policy`;
const browser = await launch().catch((error: Error) => error);
const required = [...requiredDevices()].some((name) => name.startsWith('chromium-'));

afterAll(async () => {
  if (!(browser instanceof Error)) await browser.close();
});

describe.skipIf(browser instanceof Error && !required)('webgl without float32 textures, in Chromium', () => {
  beforeAll(async () => {
    await mkdir(site, { recursive: true });
    await build({
      configFile: false,
      logLevel: 'error',
      publicDir: false,
      resolve: { alias: { 'opau/runtime': here('../../runtime/index.ts') } },
      build: {
        outDir: site,
        emptyOutDir: false,
        minify: false,
        target: 'esnext',
        rolldownOptions: { input: here('policy-entry.ts'), output: { entryFileNames: 'page.js' } },
      },
    });
    const head = '<!doctype html><link rel="icon" href="data:," />';
    await writeFile(`${site}/index.html`, `${head}<script type="module" src="/page.js"></script>\n`);
  });

  it.each([
    ["script-src 'self'", /CompileError|EvalError/, 1],
    ["script-src 'self' 'wasm-unsafe-eval'", /^none$/, 0],
  ])('computes the same under %s', async (policy, refusal, warnings) => {
    if (browser instanceof Error) throw browser;
    const { server, url } = await serve(() => site, { 'Content-Security-Policy': policy });
    try {
      const page = await browser.newPage();
      const said: string[] = [];
      const faults: string[] = [];
      page.on('console', (message) => message.type() === 'warning' && said.push(message.text()));
      page.on('pageerror', (error) => faults.push(error.message));
      await page.goto(url);
      await page.waitForFunction(() => 'outcome' in globalThis);
      const found = await page.evaluate(() => (globalThis as unknown as { outcome: Outcome }).outcome);
      await page.close();
      expect(faults).toEqual([]);
      expect(found).toMatchObject({ backend: true, refusal: expect.stringMatching(refusal) as string });
      expect(said.filter((text) => /its textures are float16/.test(text))).toHaveLength(1);
      expect(said.filter((text) => /content security policy forbids WebAssembly/.test(text))).toHaveLength(warnings);

      await setBackend('cpu');
      const expected = await compute();
      const all = ({ y, gradients }: typeof expected): number[] => [...y, ...gradients.flat()];
      const values = all(found);
      expect(values).toHaveLength(all(expected).length);
      all(expected).forEach((value, i) =>
        expect(Math.abs(values[i]! - value)).toBeLessThan(1e-5 * (1 + Math.abs(value))),
      );
    } finally {
      server.close();
    }
  });
});
