import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The compiler's own files: dist/compiler, or compiler/ where it runs from its sources. */
const COMPILER = dirname(dirname(fileURLToPath(import.meta.url)));

/** It holds the exact versions of the dependencies. */
const MANIFEST = createRequire(import.meta.url).resolve('opau/package.json');

/**
 * A hash of all that decides what a spec compiles to: every file of the compiler, with its template, the versions of its
 * dependencies, and Node's. A compiler under development is another one after each build.
 */
export function fingerprint(compiler = COMPILER, manifest = MANIFEST): string {
  const hash = createHash('sha256').update(process.version);
  const own = readdirSync(compiler, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.[jt]s$/.test(name) && !name.endsWith('.d.ts'))
    .sort();
  for (const [name, path] of [
    ['package.json', manifest] as const,
    ...own.map((at) => [at, join(compiler, at)] as const),
  ]) {
    const text = readFileSync(path);
    hash.update(`${name} ${text.length}\n`).update(text);
  }
  return hash.digest('hex');
}
