// Every case on the backends of a browser: headless Chromium, one page for each backend.
import { afterAll, beforeAll } from 'vitest';
import { bundle } from './browser/bundle.js';
import { launch, OBSTACLES, renderer } from './browser/launch.js';
import { serve } from './browser/server.js';
import { visit, type Limits, type Visit } from './browser/visit.js';
import { cases } from './cases/index.js';
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
  const by = missing === undefined && backend === 'webgl' ? `, ${await renderer(page)}` : '';
  await page.close();
  return missing === undefined ? { about: `Chromium ${browser.version()}${by}` } : { missing };
}

async function open(backend: string, limits?: Limits): Promise<Visit> {
  site = await bundleOnce();
  if (browser instanceof Error) throw browser;
  return visit(browser, url, backend, limits);
}

async function test(backend: string, more = '', limits?: Limits, of = cases): Promise<void> {
  const report = new Report();
  let page: Visit;
  testDevice(
    `chromium-${backend}${more}`,
    await look(backend),
    report,
    () => {
      beforeAll(async () => void (page = await open(backend, limits)), 300_000);
      afterAll(() => page?.close());
    },
    async ({ name }) => {
      const { notes, inapplicable } = await page.run(name);
      notes.forEach(({ kind, units, where }) => report.note(kind, units, where));
      return inapplicable;
    },
    of,
  );
}

for (const backend of ['wasm', 'webgl', 'webgpu']) await test(backend);

// What devices that write fewer textures at once do instead.
const sums = cases.filter(({ name }) => /^parameter gradients|^vectors, dc and dd.* hermite /.test(name));
for (const drawBuffers of [1, 2]) await test('webgl', `, ${drawBuffers} at once`, { drawBuffers }, sums);
