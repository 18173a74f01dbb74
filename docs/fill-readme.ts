/** `npm run readme`: writes the generated parts of README.md and of docs/ anew, and all of docs/api.md. */
import { readFileSync, writeFileSync } from 'node:fs';
import { defineSpec, generate } from '../compiler/index.js';
import { apiReference } from './api.js';
import { fill, partsOf } from './readme.js';

const at = (path: string): URL => new URL(`../../${path}`, import.meta.url);
const spec = defineSpec({ basis: 'hermite', m: 5, n: 4 });
for (const [path, parts] of Object.entries(await partsOf(generate(spec)))) {
  writeFileSync(at(path), fill(readFileSync(at(path), 'utf8'), parts));
}
writeFileSync(at('docs/api.md'), apiReference());
