import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { generate } from '../compiler/generate.js';
import packageJson from '../package.json' with { type: 'json' };
import { apiReference } from '../docs/api.js';
import { fillReadme } from '../docs/readme.js';
import { specOf } from './support/emit.js';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

it('has its generated parts up to date (npm run readme)', async () => {
  expect(await fillReadme(readme, generate(specOf('hermite', 5, 4)))).toBe(readme);
});

it('names no npm script that does not exist', () => {
  const named = [...readme.matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name!);
  expect(named.length).toBeGreaterThan(3);
  for (const name of named) expect(Object.keys(packageJson.scripts)).toContain(name);
});

it('comes with an up to date reference (npm run readme)', () => {
  const base = fileURLToPath(new URL('../', import.meta.url));
  expect(apiReference(base)).toBe(readFileSync(`${base}docs/api.md`, 'utf8'));
});
