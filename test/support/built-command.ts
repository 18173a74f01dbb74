import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync, copyFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { afterAll } from 'vitest';
import { directory } from './emit.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * The path of the command as JavaScript, made from the sources as they are now: `dist/` may be older, or not there. It lies
 * in a package laid out like the published one, inside this one, so that its dependencies are found; gone when the tests of
 * the file have ended. Types are not looked at: `npm run check` does that.
 */
export function builtCommand(name: string): string {
  const folder = `${directory}${process.pid}-built-${name}`;
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  for (const room of ['compiler', 'runtime', 'generated']) {
    for (const path of readdirSync(`${root}${room}`, { recursive: true, encoding: 'utf8' })) {
      if (!path.endsWith('.ts')) continue;
      const { outputText } = ts.transpileModule(readFileSync(join(root, room, path), 'utf8'), {
        compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true },
      });
      const out = join(folder, 'dist', room, path.replace(/\.ts$/, '.js'));
      mkdirSync(dirname(out), { recursive: true });
      writeFileSync(out, outputText);
    }
  }
  copyFileSync(`${root}package.json`, `${folder}/package.json`);
  return `${folder}/dist/compiler/cli/bin.js`;
}
