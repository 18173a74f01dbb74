/**
 * Cuts templates/activation.ts into pieces and writes them as compiler/emit/template.ts, so that the compiler puts a module
 * together without a parser, reads no file, and runs in browsers. compiler/emit/piece.ts says what a piece is. Part of
 * every build, check and test run; what it writes is not committed.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { Node, Project, SyntaxKind } from 'ts-morph';

const path = (name) => new URL(name, import.meta.url);
const target = path('../compiler/emit/template.ts');

// A checkout may have other line ends than the emitted files.
const source = readFileSync(path('activation.ts'), 'utf8').replaceAll('\r\n', '\n');
const file = new Project({ useInMemoryFileSystem: true, skipLoadingLibFiles: true }).createSourceFile('a.ts', source);

/** Places to fill, as [start, end, what the piece says]. */
const holes = [];
/** Stretches that only some modules have, as [start, end, backends]. */
const optional = [];

for (const declaration of file.getImportDeclarations()) {
  const imports = declaration.getNamedImports().map((name) => name.getText());
  const from = declaration.getModuleSpecifierValue();
  holes.push([declaration.getStart(), declaration.getEnd(), { imports, from }]);
}

for (const declaration of file.getFunctions()) {
  const body = declaration.getBodyOrThrow();
  for (const parameter of declaration.getParameters()) {
    const name = parameter.getNameNode();
    holes.push([name.getStart(), name.getEnd(), { parameter: name.getText(), of: declaration.getName() }]);
  }
  holes.push([body.getStart() + 1, body.getEnd() - 1, { slot: declaration.getName() }]);
}

for (const slot of ['spec', 'wasm', 'shader']) {
  const value = file.getVariableDeclarationOrThrow(slot).getInitializerOrThrow();
  holes.push([value.getStart(), value.getEnd(), { slot }]);
}
const [comment] = file.getVariableStatementOrThrow('wasm').getJsDocs();
holes.push([comment.getStart() + '/**'.length, comment.getEnd() - '*/'.length, { slot: 'wasmComment' }]);

for (const [name, slot] of [
  ['TemplatePade', 'className'],
  ['templatePade', 'opName'],
]) {
  for (const node of file.getDescendants()) {
    if (Node.isIdentifier(node) && node.getText() === name) holes.push([node.getStart(), node.getEnd(), { slot }]);
    const isText = Node.isStringLiteral(node) && node.getLiteralText() === name;
    if (isText) holes.push([node.getStart() + 1, node.getEnd() - 1, { slot }]);
  }
}

/** From the end of what stands before. */
const leaveOut = (node, end, ...backends) => optional.push([node.getPos(), end, backends]);
const definition = file
  .getVariableDeclarationOrThrow('templatePade')
  .getInitializerIfKindOrThrow(SyntaxKind.CallExpression)
  .getArguments()[0]
  .asKindOrThrow(SyntaxKind.ObjectLiteralExpression);
for (const name of ['wasm', 'webgpu', 'webgl']) {
  const property = definition.getPropertyOrThrow(name);
  leaveOut(property, property.getNextSiblingIfKindOrThrow(SyntaxKind.CommaToken).getEnd(), name);
}
for (const [name, ...backends] of [
  ['wasm', 'wasm'],
  ['shader', 'webgpu', 'webgl'],
]) {
  const statement = file.getVariableStatementOrThrow(name);
  leaveOut(statement, statement.getEnd(), ...backends);
}

/** The pieces from here to there, in order; `carries` goes to each. */
function cut(from, to, carries) {
  const pieces = [];
  const add = (piece) => pieces.push({ ...piece, ...(carries && { carries }) });
  let at = from;
  const text = (end) => {
    if (end > at) add({ text: source.slice(at, end) });
  };
  const inside = ([start, end]) => start >= from && end <= to;
  for (const [start, end, piece] of [...holes].filter(inside).sort(([a], [b]) => a - b)) {
    text(start);
    add(piece);
    at = end;
  }
  text(to);
  return pieces;
}

// The comment on top is for readers of the template.
let at = file.getImportDeclarations()[0].getStart();
const pieces = [];
for (const [start, end, backends] of optional.sort(([a], [b]) => a - b)) {
  pieces.push(...cut(at, start), ...cut(start, end, backends));
  at = end;
}
pieces.push(...cut(at, source.length));

const text = [
  '// The pieces of templates/activation.ts, by templates/embed.mjs.',
  "import type { Piece } from './piece.js';",
  '',
  'export const TEMPLATE: readonly Piece[] = [',
  ...pieces.map((piece) => `  ${JSON.stringify(piece)},`),
  '];',
  '',
].join('\n');
// Written only where it changed: another process may be reading it.
if (!existsSync(target) || readFileSync(target, 'utf8') !== text) writeFileSync(target, text);
