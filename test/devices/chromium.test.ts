// Every case on the backends of a browser: headless Chromium, one page for each backend.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { bundle } from './browser/bundle.js';
import { launch, OBSTACLES } from './browser/launch.js';
import { serve } from './browser/server.js';
import type { Matrix, Outcome } from './browser/page.js';
import { Report } from './report.js';
import { testDevice, type Found } from './tests.js';

let site: string | undefined;
const { server, url } = await serve(() => site);
const browser = await launch().catch((error: Error) => error);

afterAll(async () => {
  if (!(browser instanceof Error)) await browser.close();
  server.close();
});

/** Emitting and bundling take long: once, and only where a device is there. */
let bundled: Promise<string> | undefined;
const bundleOnce = (): Promise<string> => (bundled ??= bundle());

async function look(backend: string): Promise<Found> {
  if (browser instanceof Error) return { missing: browser.message.split('\n')[0]! };
  const page = await browser.newPage();
  await page.goto(`${url}/empty`);
  const missing = await OBSTACLES[backend]!(page);
  await page.close();
  return missing === undefined ? { about: `Chromium ${browser.version()}` } : { missing };
}

for (const backend of ['wasm', 'webgl', 'webgpu']) {
  const report = new Report();
  /** What the browser complained of: shaders that do not compile, among others. */
  const complaints: string[] = [];
  let page: Page;

  const open = async (): Promise<void> => {
    site = await bundleOnce();
    if (browser instanceof Error) throw browser;
    page = await browser.newPage();
    page.on(
      'console',
      (message) => message.type() === 'error' && complaints.push(`${message.text()} (${message.location().url})`),
    );
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(url);
    await page.evaluate((name) => (globalThis as unknown as { matrix: Matrix }).matrix.start(name), backend);
    throwComplaints();
  };

  function throwComplaints(): void {
    const all = complaints.splice(0);
    if (all.length > 0) throw new Error(`the browser complains: ${all.join('; ')}`);
  }

  async function run(caseName: string): Promise<Outcome> {
    const outcome = await page.evaluate(
      (name) => (globalThis as unknown as { matrix: Matrix }).matrix.run(name),
      caseName,
    );
    outcome.notes.forEach(({ kind, units, where }) => report.note(kind, units, where));
    return outcome;
  }

  testDevice(
    `chromium-${backend}`,
    await look(backend),
    report,
    () => {
      beforeAll(open, 300_000);
      afterAll(() => page?.close());
    },
    async ({ name }) => {
      const { inapplicable } = await run(name).finally(throwComplaints);
      return inapplicable;
    },
  );
}
