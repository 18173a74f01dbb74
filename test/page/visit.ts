// The built page in headless Chromium: under its content security policy, below a path, from static files.
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, describe, expect } from 'vitest';
import { CONTENT_SECURITY_POLICY, siteConfig } from '../../examples/page/site.js';
import { launch } from '../devices/browser/launch.js';
import { serve } from '../devices/browser/server.js';
import { directory } from '../support/emit.js';
import { requiredDevices } from '../support/required-devices.js';

/** The directory that is served. */
export const SITE = `${directory}${process.pid}-page`;
const { server, url } = await serve(() => SITE, { 'Content-Security-Policy': CONTENT_SECURITY_POLICY });
const address = `${url}/below/a/path/index.html`;
const found = await launch().catch((error: Error) => error);
const isRequired = [...requiredDevices()].some((name) => name.startsWith('chromium-'));
if (found instanceof Error) console.log(`not tested: the page: ${found.message.split('\n')[0]}`);

/** Compiling and training take their time, on a busy machine above all. */
export const WAIT = { timeout: 120_000 };
export const LONG = 300_000;

/** One browser, and the page that a test has opened in it. What its console complains of fails the test. */
export class Visit {
  readonly url = url;
  readonly complaints: string[] = [];
  private current: Page | undefined;

  constructor(readonly browser: Browser) {}

  get page(): Page {
    return this.current!;
  }

  async open(hash = '', options: BrowserContextOptions = {}, at = address): Promise<void> {
    const context = await this.browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    this.current = await context.newPage();
    this.page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') this.complaints.push(message.text());
    });
    this.page.on('pageerror', (error) => this.complaints.push(error.message));
    await this.page.goto(at + hash);
    await this.page.waitForSelector('html[data-ready]', { ...WAIT, state: 'attached' });
  }

  curve(): Promise<string> {
    return this.page.locator('#plots .line.s-f').getAttribute('d') as Promise<string>;
  }

  async rmse(): Promise<number> {
    return Number(await this.page.locator('#figures dd').first().textContent());
  }

  says(text: string | RegExp): Promise<void> {
    return this.expectText('#training-status', text);
  }

  async expectText(selector: string, text: string | RegExp): Promise<void> {
    await this.page.locator(selector, { hasText: text }).waitFor(WAIT);
  }
}

/** Tests of the built page; skipped, visibly, where there is no Chromium and none is required. */
export function describePage(name: string, tests: (visit: Visit) => void): void {
  describe.skipIf(found instanceof Error && !isRequired)(name, () => {
    const visit = new Visit(found as Browser);
    beforeAll(async () => {
      if (found instanceof Error) throw found;
      await build({ ...siteConfig(`${SITE}/below/a/path`), logLevel: 'error' });
    }, LONG);
    afterAll(async () => {
      if (!(found instanceof Error)) await found.close();
      server.close();
    });
    afterEach(async () => {
      await visit.page.context().close();
      expect(visit.complaints.splice(0)).toEqual([]);
    });
    tests(visit);
  });
}
