import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { directory } from '../../support/emit.js';
import { SOURCES } from '../../support/sources.js';
import { entryOf } from '../entry.js';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/**
 * Emits every module that the cases need, and bundles them with the suite into `device-suite.js` in the given folder, with
 * vectors.json beside it. There, Node finds tfjs and the package `webgpu` in node_modules.
 */
export async function bundle(target: string): Promise<void> {
  const folder = `${process.pid}-packed`;
  const root = `${directory}${folder}`;
  await mkdir(root, { recursive: true });
  await writeFile(`${root}/entry.ts`, await entryOf(folder, here('./run.ts')));
  await build({
    configFile: false,
    logLevel: 'error',
    root,
    resolve: { alias: SOURCES },
    build: {
      ssr: 'entry.ts',
      outDir: target,
      emptyOutDir: false,
      minify: false,
      target: 'esnext',
      rolldownOptions: { output: { entryFileNames: 'device-suite.js' } },
    },
  });
  await copyFile(here('../../vectors/activations.json'), `${target}/vectors.json`);
}
