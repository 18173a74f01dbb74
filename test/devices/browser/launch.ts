import { existsSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';

const CHROMIUM = process.env['OPAU_CHROMIUM'] ?? '/usr/bin/chromium';

/** Graphics in software where there is no card; no traffic of the browser's own. A profile is fresh each time. */
const FLAGS = [
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** As `--use-gl=angle --use-angle=gl-egl --ignore-gpu-blocklist`, for WebGL by the machine's own driver of OpenGL. */
const MORE = (process.env['OPAU_CHROMIUM_FLAGS'] ?? '').split(' ').filter((flag) => flag !== '');

/** Throws an Error that says what to install where there is no Chromium. */
export async function launch(): Promise<Browser> {
  if (!existsSync(CHROMIUM)) {
    throw new Error(`no ${CHROMIUM}: install chromium, or say where it is with OPAU_CHROMIUM`);
  }
  return chromium.launch({ executablePath: CHROMIUM, args: [...FLAGS, ...MORE], headless: true });
}

/** What speaks against a backend in this browser; undefined where nothing does. */
export const OBSTACLES: Readonly<Record<string, (page: Page) => Promise<string | undefined>>> = {
  wasm: () => Promise.resolve(undefined),
  webgl: (page) =>
    page.evaluate(() =>
      document.createElement('canvas').getContext('webgl2') === null ? 'the browser has no WebGL 2' : undefined,
    ),
  webgpu: (page) =>
    page.evaluate(async () => {
      const { gpu } = navigator as { gpu?: { requestAdapter(): Promise<object | null> } };
      if (gpu === undefined) return 'the browser has no WebGPU';
      return (await gpu.requestAdapter()) === null ? 'the browser has no WebGPU adapter' : undefined;
    }),
};

/** What draws in this browser. */
export const renderer = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const gl = document.createElement('canvas').getContext('webgl2')!;
    const names = gl.getExtension('WEBGL_debug_renderer_info');
    return String(gl.getParameter(names === null ? gl.RENDERER : names.UNMASKED_RENDERER_WEBGL));
  });
