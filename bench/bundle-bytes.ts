/**
 * The bytes that a page pays for a generated layer beyond tfjs: bundles of Vite, minified for production, with and without
 * it. `npm run bench:bytes`.
 */
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';

const root = fileURLToPath(new URL('../../', import.meta.url));
const at = (path: string): string => JSON.stringify(`${root}dist/${path}`);

const TFJS = `
  import '@tensorflow/tfjs-backend-cpu';
  import { layers, sequential } from '@tensorflow/tfjs-layers';`;
const NET =
  'globalThis.net = (extra) => sequential({ layers: [layers.dense({ units: 1, inputShape: [1] }), ...extra] });';
const layer = (file: string, name: string): string =>
  `import { ${name} } from ${at(`generated/${file}.js`)}; globalThis.${name} = new ${name}();`;

const ONE = layer('hermite-5-4', 'HermitePade5x4');
const TWO = `${ONE}${layer('hermite-5-4-abs-sum', 'HermitePade5x4AbsSum')}`;
const RUNTIME = `import { defineActivation, PadeLayer } from ${at('runtime/index.js')}; globalThis.all = [defineActivation, PadeLayer];`;

/** What is bundled, and what it is compared with. */
const BUNDLES: readonly (readonly [what: string, code: string, less?: string])[] = [
  ['tfjs-core, tfjs-layers, cpu backend', `${TFJS}${NET}`],
  ['one layer, Hermite 5/4, all in all', `${TFJS}${ONE}${NET}`, `${TFJS}${NET}`],
  ['of that, the runtime, which layers share', `${TFJS}${RUNTIME}${NET}`, `${TFJS}${NET}`],
  ['a second layer', `${TFJS}${TWO}${NET}`, `${TFJS}${ONE}${NET}`],
];

interface Size {
  readonly minified: number;
  readonly gzip: number;
}

async function sizeOf(code: string): Promise<Size> {
  const name = 'virtual:entry';
  const output = (await build({
    configFile: false,
    logLevel: 'error',
    root,
    publicDir: false,
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === name ? `${root}${name}.js` : undefined),
        load: (id) => (id === `${root}${name}.js` ? code : undefined),
      },
    ],
    build: { write: false, target: 'es2022', rolldownOptions: { input: name } },
  })) as Rolldown.RolldownOutput;
  const text = output.output.map((file) => (file.type === 'chunk' ? file.code : '')).join('');
  return { minified: Buffer.byteLength(text), gzip: gzipSync(text, { level: 9 }).length };
}

const known = new Map<string, Size>();
const measure = async (code: string): Promise<Size> => {
  const size = known.get(code) ?? (await sizeOf(code));
  known.set(code, size);
  return size;
};

const kB = (bytes: number): string => (bytes / 1000).toFixed(1);
console.log('| | minified kB | gzip kB |\n|---|---|---|');
for (const [what, code, less] of BUNDLES) {
  const all = await measure(code);
  const base = less === undefined ? { minified: 0, gzip: 0 } : await measure(less);
  console.log(`| ${what} | ${kB(all.minified - base.minified)} | ${kB(all.gzip - base.gzip)} |`);
}
