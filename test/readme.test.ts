import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { generate } from '../compiler/generate.js';
import { apiReference } from '../docs/api.js';
import { fill, partsOf } from '../docs/readme.js';
import { specOf } from './support/emit.js';

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

it('and the other documents have their generated parts up to date (npm run readme)', async () => {
  for (const [path, parts] of Object.entries(await partsOf(generate(specOf('hermite', 5, 4))))) {
    expect(fill(read(path), parts), path).toBe(read(path));
  }
});

it('comes with an up to date reference (npm run readme)', () => {
  const base = fileURLToPath(new URL('../', import.meta.url));
  expect(apiReference(base)).toBe(readFileSync(`${base}docs/api.md`, 'utf8'));
});
