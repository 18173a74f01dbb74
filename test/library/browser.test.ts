// The compiler in a browser, under a content security policy without eval: the same bytes as in Node.
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterAll, describe, expect, it } from 'vitest';
import { compile, type Outcome } from './browser-entry.js';
import { launch } from '../devices/browser/launch.js';
import { serve } from '../devices/browser/server.js';
import { directory } from '../support/emit.js';
import { requiredDevices } from '../support/required-devices.js';

const site = `${directory}${process.pid}-compiler`;
const { server, url } = await serve(() => site, { 'Content-Security-Policy': "script-src 'self'" });
const browser = await launch().catch((error: Error) => error);

afterAll(async () => {
  if (!(browser instanceof Error)) await browser.close();
  server.close();
});

async function bundle(): Promise<void> {
  await mkdir(site, { recursive: true });
  await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: {
      outDir: site,
      emptyOutDir: false,
      minify: false,
      target: 'esnext',
      rolldownOptions: {
        input: fileURLToPath(new URL('browser-entry.ts', import.meta.url)),
        output: { entryFileNames: 'page.js' },
      },
    },
  });
  const head = '<!doctype html><link rel="icon" href="data:," />';
  await writeFile(`${site}/index.html`, `${head}<script type="module" src="/page.js"></script>\n`);
}

const required = [...requiredDevices()].some((name) => name.startsWith('chromium-'));

describe.skipIf(browser instanceof Error && !required)('the compiler in Chromium', () => {
  it('emits what it emits in Node', async () => {
    if (browser instanceof Error) throw browser;
    await bundle();
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(url);
    await page.waitForFunction(() => 'outcome' in globalThis);
    const { files, policy } = await page.evaluate(() => (globalThis as unknown as { outcome: Outcome }).outcome);
    expect(files).toEqual(await compile());
    expect(policy).toMatch(/EvalError/);
    expect(complaints.filter((text) => !text.includes('eval'))).toEqual([]);
  }, 120_000);
});
