import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { generate } from '../compiler/generate.js';
import { specOf } from './support/emit.js';

const folder = new URL('../generated/', import.meta.url);

/** The specs whose modules are committed. */
const SHIPPED = [specOf('hermite', 5, 4), specOf('hermite', 5, 4, 'abs-sum')];

describe('generated/', () => {
  const fresh = new Map(SHIPPED.flatMap((spec) => [...generate(spec).files]));

  it('holds the shipped modules and nothing else', () => {
    expect(readdirSync(folder).sort()).toEqual([...fresh.keys()].sort());
  });

  it.each([...fresh.keys()])('%s is what the compiler writes', (path) => {
    expect(readFileSync(new URL(path, folder), 'utf8')).toBe(fresh.get(path));
  });
});
