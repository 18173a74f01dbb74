import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageRoot } from './template.js';

/** The compiler's own files: dist/compiler, or compiler/ where it runs from its sources. */
const COMPILER = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * A hash of all that decides what a spec compiles to: every file of the compiler, the template, the versions of its
 * dependencies, and Node's. A compiler under development is another one after each build.
 */
export function fingerprint(compiler = COMPILER, root = packageRoot()): string {
  const hash = createHash('sha256').update(process.version);
  const own = readdirSync(compiler, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.[jt]s$/.test(name) && !name.endsWith('.d.ts'))
    .map((name) => join(compiler, name));
  for (const path of [...own.sort(), join(root, 'templates', 'activation.ts'), join(root, 'package.json')]) {
    const text = readFileSync(path);
    hash.update(`${path.slice(root.length)} ${text.length}\n`).update(text);
  }
  return hash.digest('hex');
}
