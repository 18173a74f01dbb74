import type { Browser } from 'playwright-core';
import type { Matrix, Outcome } from './page.js';

/** A page in which the suite runs on one backend. */
export interface Visit {
  /** Throws an Error if the case fails, or if the browser complains meanwhile: of shaders that do not compile, among others. */
  run(caseName: string): Promise<Outcome>;
  close(): Promise<void>;
}

/** Where WebGL is to write no more textures at once: what the browser then says it can. */
export interface Limits {
  readonly drawBuffers?: number;
}

/** Opens the suite's page and sets the backend. */
export async function visit(
  browser: Browser,
  url: string,
  backend: string,
  { drawBuffers }: Limits = {},
): Promise<Visit> {
  const complaints: string[] = [];
  const page = await browser.newPage();
  page.on(
    'console',
    (message) => message.type() === 'error' && complaints.push(`${message.text()} (${message.location().url})`),
  );
  page.on('pageerror', (error) => complaints.push(error.message));
  if (drawBuffers !== undefined) await page.addInitScript(limitDrawBuffers, drawBuffers);
  await page.goto(url);
  const throwComplaints = (): void => {
    const all = complaints.splice(0);
    if (all.length > 0) throw new Error(`the browser complains: ${all.join('; ')}`);
  };
  await page.evaluate((name) => (globalThis as unknown as { matrix: Matrix }).matrix.start(name), backend);
  throwComplaints();
  return {
    run: (caseName) =>
      page
        .evaluate((name) => (globalThis as unknown as { matrix: Matrix }).matrix.run(name), caseName)
        .finally(throwComplaints),
    close: () => page.close(),
  };
}

/** Runs in the page. */
function limitDrawBuffers(limit: number): void {
  const context = WebGL2RenderingContext.prototype;
  const { getParameter, MAX_DRAW_BUFFERS } = context;
  context.getParameter = function (name: number): unknown {
    return name === MAX_DRAW_BUFFERS ? limit : getParameter.call(this, name);
  };
}
