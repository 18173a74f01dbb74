import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { directory } from '../../support/emit.js';
import { SOURCES } from '../../support/sources.js';
import { entryOf } from '../entry.js';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** tfjs's own wasm modules, which it fetches at run time. */
const WASM = ['', '-simd', '-threaded-simd'].map((variant) => `tfjs-backend-wasm${variant}.wasm`);

/** With an icon of its own: browsers ask for one, and complain of a missing file. */
const PAGE = '<!doctype html><link rel="icon" href="data:," /><script type="module" src="/page.js"></script>\n';

/**
 * Emits every module that the cases need, and bundles them with the suite into a folder that a page can be served from:
 * index.html, page.js, vectors.json and wasm/. Returns the folder.
 */
export async function bundle(): Promise<string> {
  const folder = `${process.pid}-browser`;
  const root = `${directory}${folder}`;
  await mkdir(`${root}/site/wasm`, { recursive: true });
  await writeFile(`${root}/entry.ts`, await entryOf(folder, here('./page.ts')));
  await build({
    configFile: false,
    logLevel: 'error',
    root,
    publicDir: false,
    resolve: { alias: SOURCES },
    build: {
      outDir: 'site',
      emptyOutDir: false,
      minify: false,
      target: 'esnext',
      lib: { entry: 'entry.ts', formats: ['es'], fileName: () => 'page.js' },
    },
  });
  const tfjs = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'));
  await Promise.all(WASM.map((name) => copyFile(`${tfjs}/${name}`, `${root}/site/wasm/${name}`)));
  await copyFile(here('../../vectors/activations.json'), `${root}/site/vectors.json`);
  await writeFile(`${root}/site/index.html`, PAGE);
  return `${root}/site`;
}
