// What may import what. Read from the sources with the TypeScript parser, so that comments and texts do not count.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join, posix } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../', import.meta.url));

interface Import {
  readonly from: string;
  /** A path from the root, or a package's name. */
  readonly to: string;
}

interface Room {
  /** What the rule is about: the longest that a file's path begins with counts. */
  readonly path: string;
  /** What its files may import, besides themselves: rooms, files, packages, or `node:` for all of Node. */
  readonly may: readonly string[];
}

const TFJS = ['@tensorflow/tfjs-core', '@tensorflow/tfjs-layers'];
const EXACT = ['fraction.js', 'nerdamer/all', 'mathjs', '@noble/hashes', 'fastest-levenshtein'];

/** The dependency rules of the house. */
const ROOMS: readonly Room[] = [
  // Pure: no I/O, no tfjs, nothing of the runtime.
  { path: 'compiler/', may: ['compiler/exact/', 'compiler/expr/', 'compiler/verify/emitted/', ...EXACT] },
  // Runs what was emitted, for which types have to come off.
  { path: 'compiler/verify/emitted/', may: ['compiler/', 'ts-morph', ...EXACT] },
  { path: 'compiler/exact/', may: ['compiler/bases/family.ts', 'fraction.js'] },
  { path: 'compiler/expr/', may: ['compiler/exact/', 'compiler/errors.ts'] },
  // Pictures of fits: the drawing of charts is the runtime's, and free of tfjs.
  { path: 'compiler/drawing/', may: ['compiler/', 'runtime/drawing/'] },
  { path: 'compiler/cli/', may: ['compiler/', 'opau/doctor', 'ts-morph', 'diff', 'node:'] },
  // Runs in browsers.
  { path: 'runtime/', may: ['runtime/drawing/', ...TFJS] },
  // Pictures as text: they know nothing of tfjs.
  { path: 'runtime/drawing/', may: [] },
  // For Node alone, each an entry of its own.
  { path: 'runtime/training-node.ts', may: ['runtime/', ...TFJS, 'node:'] },
  { path: 'generated/', may: [...TFJS, 'opau/runtime'] },
  { path: 'templates/', may: [...TFJS, 'opau/runtime', 'ts-morph', 'node:'] },
  { path: 'runtime/doctor/', may: ['generated/hermite-5-4.js', 'opau/webgpu-node', ...TFJS, 'node:'] },
];

const SOURCE = /(?<!\.d)\.(?:ts|mjs|js)$/;

function sources(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((path) => posix.join(folder, path))
    .filter((path) => SOURCE.test(path));
}

/** Every import of a file, of types and at run time, static and dynamic. */
function importsOf(path: string, text: string): readonly Import[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found: Import[] = [];
  const add = (node: ts.Node | undefined): void => {
    if (node === undefined || !ts.isStringLiteralLike(node)) return;
    const to = node.text.startsWith('.') ? posix.join(posix.dirname(path), node.text) : node.text;
    found.push({ from: path, to });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) add(node.moduleSpecifier);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal);
    else if (ts.isCallExpression(node)) {
      const { expression } = node;
      const loads = expression.kind === ts.SyntaxKind.ImportKeyword || expression.getText(file) === 'require';
      if (loads) add(node.arguments[0]);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** What reads a clock, the machine or the world without an import. */
const WORLD = ['process', 'Buffer', 'console', 'fetch', 'Date', 'performance', 'document', 'window', 'setTimeout'];

/** Where a file calls or reads one of those, or Math.random. */
function worldIn(path: string, text: string): readonly string[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const isName = ts.isIdentifier(node) && WORLD.includes(node.text);
    const isMember = ts.isPropertyAccessExpression(node.parent) && node.parent.name === node;
    const isKey =
      (ts.isPropertyAssignment(node.parent) || ts.isPropertySignature(node.parent)) && node.parent.name === node;
    if (isName && !isMember && !isKey) found.push(`${path} uses ${node.text}`);
    if (ts.isPropertyAccessExpression(node) && node.getText(file) === 'Math.random') found.push(`${path} uses chance`);
    ts.forEachChild(node, visit);
  };
  file.forEachChild(visit);
  return found;
}

const begins = (to: string, allowed: string): boolean =>
  allowed.endsWith('/') || allowed.endsWith(':')
    ? to.startsWith(allowed)
    : to === allowed || to === allowed.replace(/\.ts$/, '.js') || to.startsWith(`${allowed}/`);

const roomOf = (path: string): Room | undefined =>
  [...ROOMS].sort((a, b) => b.path.length - a.path.length).find((room) => path.startsWith(room.path));

function isAllowed({ from, to }: Import): boolean {
  const room = roomOf(from);
  return room === undefined || roomOf(to) === room || room.may.some((allowed) => begins(to, allowed));
}

const violations = (imports: readonly Import[]): readonly string[] =>
  imports.filter((one) => !isAllowed(one)).map(({ from, to }) => `${from} imports ${to}`);

/** Files that import each other, directly or by way of others, types included: what is left when ends are taken off. */
function inCircles(imports: readonly Import[]): readonly string[] {
  let left = imports.map(({ from, to }) => ({ from, to: to.replace(/\.js$/, '.ts') }));
  for (;;) {
    const importing = new Set(left.map(({ from }) => from));
    const imported = new Set(left.map(({ to }) => to));
    const rest = left.filter(({ from, to }) => importing.has(to) && imported.has(from));
    if (rest.length === left.length) return [...importing].sort();
    left = rest;
  }
}

const allIn = (folder: string): readonly Import[] =>
  sources(folder).flatMap((path) => importsOf(path, readFileSync(join(root, path), 'utf8')));

describe('imports', () => {
  it.each(['compiler', 'runtime', 'generated', 'templates'])('%s', (folder) => {
    const imports = allIn(folder);
    expect(imports.length).toBeGreaterThan(0);
    expect(violations(imports)).toEqual([]);
  });

  it('go one way: no file imports what imports it', () => {
    expect(inCircles(['compiler', 'runtime', 'generated', 'templates'].flatMap(allIn))).toEqual([]);
  });

  it('the compiler outside its command line knows no clock, no chance and no world', () => {
    const pure = sources('compiler').filter((path) => !path.startsWith('compiler/cli/'));
    expect(pure.flatMap((path) => worldIn(path, readFileSync(join(root, path), 'utf8')))).toEqual([]);
  });

  it('nothing imports a test, but tests', () => {
    for (const folder of ['compiler', 'runtime', 'examples', 'docs']) {
      expect(allIn(folder).filter(({ to }) => to.startsWith('test/'))).toEqual([]);
    }
  });

  it('what is published imports no package that is not a dependency or a peer', () => {
    const { dependencies, peerDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<
      'dependencies' | 'peerDependencies',
      Record<string, string>
    >;
    const known = ['opau', ...Object.keys(dependencies), ...Object.keys(peerDependencies)];
    const packages = ['compiler', 'runtime', 'generated']
      .flatMap(allIn)
      .map(({ to }) => to)
      .filter((to) => !to.startsWith('node:') && !/^(?:compiler|runtime|generated)\//.test(to));
    for (const name of packages)
      expect(
        known.some((one) => begins(name, one)),
        name,
      ).toBe(true);
  });
});

describe('the check itself finds', () => {
  it.each([
    ['the compiler importing tfjs', 'compiler/emit/x.ts', `import { add } from '@tensorflow/tfjs-core';`],
    ['a type of it', 'compiler/x.ts', `import type { Tensor } from '@tensorflow/tfjs-core';`],
    ['a type written inline', 'compiler/x.ts', `let x: import('@tensorflow/tfjs-core').Tensor;`],
    ['its command line importing tfjs', 'compiler/cli/x.ts', `await import('@tensorflow/tfjs-core');`],
    ['the compiler importing the runtime', 'compiler/stages/x.ts', `export * from '../../runtime/index.js';`],
    ['the same by its name', 'compiler/cli/x.ts', `import 'opau/runtime';`],
    ['I/O outside the command line', 'compiler/generate.ts', `import { readFileSync } from 'node:fs';`],
    ['the same through the command line', 'compiler/generate.ts', `import { nodeIo } from './cli/io.js';`],
    ['a stage in the exact algebra', 'compiler/exact/x.ts', `import { expand } from '../stages/expand.js';`],
    [
      'the runtime importing the compiler',
      'runtime/x.ts',
      `const { generate } = await import('../compiler/index.js');`,
    ],
    ['the same by its name', 'runtime/webgl/x.ts', `import { generate } from 'opau';`],
    ['Node in the runtime', 'runtime/x.ts', `import fs from 'node:fs';`],
    ['the whole of tfjs in an emitted module', 'generated/x.ts', `import * as tf from '@tensorflow/tfjs';`],
    ['the compiler in the doctor', 'runtime/doctor/x.ts', `import { UsageError } from '../../compiler/errors.js';`],
    ['a module of CommonJS', 'runtime/x.ts', `const fs = require('fs');`],
  ])('%s', (_, path, text) => {
    expect(violations(importsOf(path, text))).toHaveLength(1);
  });

  it.each(['const now = Date.now();', 'console.log(1);', 'Math.random();', 'f(process.env);', 'new Date();'])(
    'the world: %s',
    (text) => expect(worldIn('compiler/x.ts', text)).toHaveLength(1),
  );

  it('a circle, and who is in it', () => {
    const chain = (...files: string[]): Import[] =>
      files.slice(1).map((to, i) => ({ from: `${files[i]}.ts`, to: `${to}.js` }));
    expect(inCircles([...chain('a', 'b', 'c', 'b'), ...chain('c', 'd')])).toEqual(['b.ts', 'c.ts']);
    expect(inCircles(chain('a', 'b', 'c'))).toEqual([]);
  });

  it('nothing where there is nothing', () => {
    expect(worldIn('compiler/x.ts', `a.process(); const x = { Date: 1 }; // console`)).toEqual([]);
    expect(violations(importsOf('compiler/x.ts', `// import 'node:fs'\nconst text = "import 'node:fs'";`))).toEqual([]);
    expect(violations(importsOf('compiler/x.ts', `import { spec } from './spec.js';`))).toEqual([]);
  });
});
