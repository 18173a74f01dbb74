// package.json says which modules do something by being imported; bundlers drop all others where nothing of them is used.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, it } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };

const root = fileURLToPath(new URL('../', import.meta.url));

/** Whether a statement of a module does something: it calls, assigns, branches, or imports for the effect alone. */
const acts = (statement: ts.Statement): boolean =>
  ts.isImportDeclaration(statement)
    ? statement.importClause === undefined
    : !(
        ts.isExportDeclaration(statement) ||
        ts.isInterfaceDeclaration(statement) ||
        ts.isTypeAliasDeclaration(statement) ||
        ts.isFunctionDeclaration(statement) ||
        ts.isClassDeclaration(statement) ||
        ts.isVariableStatement(statement)
      );

const hasEffects = (text: string): boolean =>
  ts.createSourceFile('x.ts', text, ts.ScriptTarget.Latest, true).statements.some(acts);

it('sideEffects names exactly the published modules that have any', () => {
  const acting = ['compiler', 'runtime']
    .flatMap((room) =>
      readdirSync(`${root}${room}`, { recursive: true, encoding: 'utf8' }).map((path) => `${room}/${path}`),
    )
    .filter((path) => path.endsWith('.ts') && hasEffects(readFileSync(root + path, 'utf8')))
    .map((path) => `./dist/${path.replace(/\.ts$/, '.js')}`);
  expect([...acting, './dist/generated/*.js'].sort()).toEqual([...packageJson.sideEffects].sort());
});

it('effects are found, and nothing else', () => {
  for (const text of ['f();', "import 'x';", 'x.y = 1;', 'if (x) f();', 'await f();'])
    expect(hasEffects(text)).toBe(true);
  for (const text of ['const x = f();', "import { x } from 'x';", 'class X {}', 'export {};']) {
    expect(hasEffects(text)).toBe(false);
  }
});
