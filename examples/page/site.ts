import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { InlineConfig, Plugin } from 'vite';
import { fitInitial } from '../../compiler/fit/index.js';
import { DEFAULT_CHOICE } from './app/choice.js';
import { specOf } from './app/compiler/request.js';
import { pictureFiles } from './picture-files.js';

/**
 * Only its own files run: the emitted layer is a module that the page makes itself, hence blob:, and tfjs and the layers
 * bring WebAssembly. Nothing needs eval.
 */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self' blob: 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "connect-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** The root of the repository: this file runs from the sources and from dist/. */
export const repository = ((): string => {
  const here = dirname(fileURLToPath(import.meta.url));
  for (let folder = here; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder;
    if (folder === dirname(folder)) throw new Error(`no package.json above ${here}`);
  }
})();

/** How Vite serves and builds the page. Addresses are relative, so that it works under any path of any static host. */
export const siteConfig = (outDir: string): InlineConfig => ({
  configFile: false,
  root: join(repository, 'examples/page/app'),
  base: './',
  publicDir: false,
  logLevel: 'error',
  resolve: {
    alias: {
      'opau/runtime': join(repository, 'runtime/index.ts'),
      'opau/training': join(repository, 'runtime/training/index.ts'),
    },
  },
  plugins: [policy, pictures, first],
  worker: { format: 'es' },
  build: {
    outDir,
    emptyOutDir: true,
    target: 'es2022',
    // tfjs is one file of 0.9 MB: it loads in a worker, when it is wanted.
    chunkSizeWarningLimit: 1000,
  },
});

/** Development needs more than the policy allows: Vite's client talks to its server. */
const policy: Plugin = {
  name: 'content-security-policy',
  apply: 'build',
  transformIndexHtml: () => [
    {
      tag: 'meta',
      attrs: { 'http-equiv': 'Content-Security-Policy', content: CONTENT_SECURITY_POLICY },
      injectTo: 'head-prepend',
    },
  ],
};

/** The pictures of clothes, cut to what a page may load, and their licence. */
const pictures: Plugin = {
  name: 'pictures',
  generateBundle() {
    for (const [fileName, source] of pictureFiles(repository)) this.emitFile({ type: 'asset', fileName, source });
  },
  configureServer(server) {
    const files = pictureFiles(repository);
    server.middlewares.use((request, response, next) => {
      const source = files.get((request.url ?? '').replace(/^\//, '').replace(/\?.*$/, ''));
      if (source === undefined) next();
      else response.setHeader('Content-Type', 'application/octet-stream').end(source);
    });
  },
};

/** The fit that the page opens with. */
const first: Plugin = {
  name: 'first-fit',
  resolveId: (id) => (id === 'virtual:first-fit' ? '\0first-fit' : undefined),
  async load(id) {
    if (id !== '\0first-fit') return undefined;
    const spec = await specOf(DEFAULT_CHOICE);
    const { c, d } = fitInitial(spec);
    return `export const firstFit = ${JSON.stringify({ c, d, interval: spec.interval })};`;
  },
};
