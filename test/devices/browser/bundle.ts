import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { className, opName } from '../../../compiler/emit/identity.js';
import { arithmeticOnly, directory, writeModule } from '../../support/emit.js';
import { cases } from '../cases/index.js';
import { nameOf, type Activation } from '../device.js';
import { specFor } from '../modules.js';

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
  await writeFile(`${root}/entry.ts`, await entry(folder));
  await build({
    configFile: false,
    logLevel: 'error',
    root,
    publicDir: false,
    resolve: {
      alias: {
        'opau/runtime': here('../../../runtime/index.ts'),
        'opau/training': here('../../../runtime/training/index.ts'),
      },
    },
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

/** The text of a module that imports all others. */
async function entry(folder: string): Promise<string> {
  const needed = new Map(cases.flatMap(({ needs }) => needs.map((activation) => [nameOf(activation), activation])));
  const [imports, table]: [string[], string[]] = [[], []];
  for (const [name, activation] of needed as Map<string, Activation>) {
    const spec = specFor(activation);
    const path = await writeModule(spec, arithmeticOnly, folder);
    const own = `m${imports.length}`;
    imports.push(`import * as ${own} from ${JSON.stringify(path)};`);
    table.push(
      `  ${JSON.stringify(name)}: { op: ${own}.${opName(spec)}, Layer: ${own}.${className(spec)}, spec: ${own}.spec },`,
    );
  }
  const install = `import { install } from ${JSON.stringify(here('./page.ts'))};`;
  return [install, ...imports, 'install({', ...table, '});', ''].join('\n');
}
