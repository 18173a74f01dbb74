/** `npm run readme`: writes README.md with its generated parts made anew, and docs/api.md. */
import { readFileSync, writeFileSync } from 'node:fs';
import { defineSpec, generate } from '../compiler/index.js';
import { apiReference } from './api.js';
import { fillReadme } from './readme.js';

const path = new URL('../../README.md', import.meta.url);
const spec = defineSpec({ basis: 'hermite', m: 5, n: 4 });
writeFileSync(path, await fillReadme(readFileSync(path, 'utf8'), generate(spec)));
writeFileSync(new URL('../../docs/api.md', import.meta.url), apiReference());
