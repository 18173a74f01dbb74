/**
 * `npm run bench:page`, after `npm run page`: what the page costs a visitor, in headless Chromium (OPAU_CHROMIUM names
 * another one than /usr/bin/chromium). Each load is in a context of its own, without a cache.
 */
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type CDPSession, type Page } from 'playwright-core';
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

/** Milliseconds that the page's main thread has been at work, whatever else the machine did. */
async function processorTime(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return 1000 * metrics.find(({ name }) => name === 'TaskDuration')!.value;
}

interface Drags {
  /** Milliseconds of script in the frame that follows a change of a slider. */
  readonly script: readonly number[];
  /** Milliseconds from that frame's start until style, layout and paint are done, too. */
  readonly frame: readonly number[];
}

async function drag(page: Page, slider: string): Promise<Drags> {
  return page.evaluate(
    async ([name, count]) => {
      const slider = document.querySelector<HTMLInputElement>(name)!;
      const [script, frame]: [number[], number[]] = [[], []];
      for (let i = 0; i < count; i++) {
        slider.valueAsNumber = Number(slider.max) * Math.sin(i / 10);
        slider.dispatchEvent(new Event('input'));
        // Asked for after the page's own: runs last in the same frame, whose start it is told.
        const start = await new Promise<number>((done) =>
          requestAnimationFrame((start) => {
            script.push(performance.now() - start);
            // A message is heard after what the browser still has to do for the frame.
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => done(start);
            port2.postMessage(undefined);
          }),
        );
        frame.push(performance.now() - start);
      }
      return { script, frame };
    },
    [slider, DRAGS] as const,
  );
}

const quantile = (values: readonly number[], part: number): number =>
  [...values].sort((a, b) => a - b)[Math.floor(part * (values.length - 1))]!;

console.log(`load average ${loadavg()[0]!.toFixed(1)}`);
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
for (const [m, n, slider] of [
  [5, 4, 'c1'],
  [5, 4, 'd1'],
  [32, 32, 'c1'],
  [32, 32, 'd1'],
] as const) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(`${url}#basis=chebyshev-t&m=${m}&n=${n}`);
  await page.waitForSelector('html[data-ready]', { state: 'attached' });
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  await page.waitForTimeout(500);
  const before = await processorTime(session);
  const { script, frame } = await drag(page, `#${slider}`);
  const each = (await processorTime(session)) - before;
  const times = (values: readonly number[]): string =>
    `${median(values).toFixed(1)} ms, 95 % within ${quantile(values, 0.95).toFixed(1)} ms`;
  console.log(
    `${m}/${n}, ${slider} moved ${DRAGS} times: script ${times(script)}; all of the frame ${times(frame)}; ` +
      `processor time of the main thread ${(each / DRAGS).toFixed(1)} ms each`,
  );
  await page.close();
}
await browser.close();
await server.close();
