import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { build, type Rollup } from 'vite';

/** Only pages that are isolated from others have shared memory, and tfjs its threaded wasm. */
const ISOLATED = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/** OPAU_CHROMIUM_FLAGS adds to them: `--use-gl=angle --use-angle=gl-egl --ignore-gpu-blocklist` is the machine's own OpenGL. */
const FLAGS = [
  '--no-sandbox',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-sync',
  ...(process.env['OPAU_CHROMIUM_FLAGS'] ?? '').split(' ').filter((flag) => flag !== ''),
];

const PAGE = '<!doctype html><link rel="icon" href="data:," /><script type="module" src="/page.js"></script>';

/**
 * Opens a page with bench/players/`player` in headless Chromium (OPAU_CHROMIUM names another one than /usr/bin/chromium),
 * waits until it has set the global `run`, and returns what `run(...operands)` there comes to. tfjs's own modules are in /wasm/.
 */
export async function inChromium(player: string, ...operands: readonly unknown[]): Promise<unknown> {
  const script = await bundle(player);
  const wasm = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'));
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    const [type, content] = path.startsWith('/wasm/')
      ? ['application/wasm', readFile(join(wasm, path.slice('/wasm/'.length)))]
      : path === '/page.js'
        ? ['text/javascript', Promise.resolve(script)]
        : ['text/html', Promise.resolve(PAGE)];
    content.then(
      (body) => response.writeHead(200, { ...ISOLATED, 'Content-Type': type }).end(body),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const browser = await chromium.launch({
    executablePath: process.env['OPAU_CHROMIUM'] ?? '/usr/bin/chromium',
    args: FLAGS,
  });
  try {
    const page = await browser.newPage();
    page.on('pageerror', (error) => console.error(error));
    page.on('console', (message) => console.error(message.text()));
    page.setDefaultTimeout(600_000);
    await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`);
    await page.waitForFunction('globalThis.run !== undefined');
    return await page.evaluate(`run(...${JSON.stringify(operands)})`);
  } finally {
    await browser.close();
    server.closeAllConnections();
    server.close();
  }
}

async function bundle(player: string): Promise<string> {
  const entry = fileURLToPath(new URL(`players/${player}.js`, import.meta.url));
  const [made] = (await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: {
      write: false,
      minify: false,
      target: 'esnext',
      lib: { entry, formats: ['es'], fileName: () => 'page.js' },
    },
  })) as Rollup.RollupOutput[];
  return made!.output[0].code;
}
