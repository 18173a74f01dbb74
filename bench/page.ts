/**
 * `npm run bench:page`, after `npm run page`: what the page costs a visitor, in headless Chromium (OPAU_CHROMIUM names
 * another one than /usr/bin/chromium). Each load is in a context of its own, without a cache.
 */
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { preview } from 'vite';
import { repository, siteConfig } from '../examples/page/site.js';
import { median } from './measure.js';

const LOADS = 7;
const DRAGS = 120;
/** Bits a second and milliseconds: a fast mobile network. */
const MOBILE = { downloadThroughput: 10e6 / 8, uploadThroughput: 5e6 / 8, latency: 40 };

/** Milliseconds from the request until the curve is drawn and every control works. */
async function load(browser: Browser, url: string, mobile: boolean): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  try {
    const page = await context.newPage();
    if (mobile) {
      const session = await context.newCDPSession(page);
      await session.send('Network.enable');
      await session.send('Network.emulateNetworkConditions', { offline: false, ...MOBILE });
    }
    await page.addInitScript(() => {
      const look = (): void => {
        if (document.documentElement?.dataset['ready'] === undefined) requestAnimationFrame(look);
        else (globalThis as { readyAt?: number }).readyAt = performance.now();
      };
      look();
    });
    await page.goto(url, { waitUntil: 'commit' });
    await page.waitForFunction(() => 'readyAt' in globalThis);
    return await page.evaluate(() => (globalThis as unknown as { readyAt: number }).readyAt);
  } finally {
    await context.close();
  }
}

/** Milliseconds of script in the frame that follows a change of a slider. */
async function drag(page: Page): Promise<readonly number[]> {
  return page.evaluate(async (count) => {
    const slider = document.querySelector<HTMLInputElement>('#c1')!;
    const times: number[] = [];
    for (let i = 0; i < count; i++) {
      slider.valueAsNumber = Number(slider.max) * Math.sin(i / 10);
      slider.dispatchEvent(new Event('input'));
      // Asked for after the page's own: runs last in the same frame, whose start it is told.
      times.push(await new Promise((done) => requestAnimationFrame((start) => done(performance.now() - start))));
    }
    return times;
  }, DRAGS);
}

const quantile = (values: readonly number[], part: number): number =>
  [...values].sort((a, b) => a - b)[Math.floor(part * (values.length - 1))]!;

const server = await preview({ ...siteConfig(join(repository, 'dist/page')), preview: { open: false } });
const url = server.resolvedUrls!.local[0]!;
const browser = await chromium.launch({
  executablePath: process.env['OPAU_CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-quic', '--no-first-run'],
});
for (const mobile of [false, true]) {
  const times: number[] = [];
  for (let i = 0; i < LOADS; i++) times.push(await load(browser, url, mobile));
  const [low, high] = [Math.min(...times), Math.max(...times)].map((time) => time.toFixed(0));
  console.log(
    `interactive, ${mobile ? '10 Mbit/s' : 'local'}: ${median(times).toFixed(0)} ms (${low} to ${high}, ${LOADS} loads)`,
  );
}
for (const [m, n] of [
  [5, 4],
  [32, 32],
]) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(`${url}#basis=chebyshev-t&m=${m}&n=${n}`);
  await page.waitForSelector('html[data-ready]', { state: 'attached' });
  const times = await drag(page);
  console.log(
    `a slider's redraw, ${m}/${n}: ${median(times).toFixed(1)} ms a frame, ` +
      `95 % within ${quantile(times, 0.95).toFixed(1)} ms (${DRAGS} drags)`,
  );
  await page.close();
}
await browser.close();
await server.close();
