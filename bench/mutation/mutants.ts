import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** One changed place in a source file. */
export interface Mutant {
  /** Relative to the package. */
  readonly file: string;
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly before: string;
  readonly after: string;
}

/** Each operator, and what a slip would make of it. */
const OPERATORS: ReadonlyMap<ts.SyntaxKind, string> = new Map([
  [ts.SyntaxKind.PlusToken, '-'],
  [ts.SyntaxKind.MinusToken, '+'],
  [ts.SyntaxKind.AsteriskToken, '/'],
  [ts.SyntaxKind.SlashToken, '*'],
  [ts.SyntaxKind.LessThanToken, '<='],
  [ts.SyntaxKind.LessThanEqualsToken, '<'],
  [ts.SyntaxKind.GreaterThanToken, '>='],
  [ts.SyntaxKind.GreaterThanEqualsToken, '>'],
  [ts.SyntaxKind.EqualsEqualsEqualsToken, '!=='],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken, '==='],
  [ts.SyntaxKind.AmpersandAmpersandToken, '||'],
  [ts.SyntaxKind.BarBarToken, '&&'],
]);

/** Operations by name, of the graph, of exact fractions and of WebAssembly. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ['add', 'sub'],
  ['sub', 'add'],
  ['mul', 'add'],
  ['div', 'mul'],
  ['min', 'max'],
  ['max', 'min'],
  ['lt', 'gt'],
  ['gt', 'lt'],
  ['le', 'lt'],
  ['ge', 'gt'],
  ['and', 'or'],
  ['or', 'and'],
]);

/** Every mutant of the sources below these directories: signs, indices, constants, comparisons and operations. */
export function mutantsBelow(root: string, directories: readonly string[]): readonly Mutant[] {
  return directories
    .flatMap((directory) =>
      readdirSync(join(root, directory), { recursive: true }).map((path) => join(directory, String(path))),
    )
    .filter((path) => path.endsWith('.ts'))
    .sort()
    .flatMap((path) => mutantsOf(path, readFileSync(join(root, path), 'utf8')));
}

export function mutantsOf(file: string, text: string): readonly Mutant[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  const found: Mutant[] = [];
  const replace = (node: ts.Node, after: string, before = node.getText(source)): void => {
    const start = node.getStart(source);
    const { line } = source.getLineAndCharacterOfPosition(start);
    found.push({ file, line: line + 1, start, end: start + before.length, before, after });
  };
  const visit = (node: ts.Node): void => {
    // Types and imports have no meaning at run time.
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
    if (ts.isBinaryExpression(node) && !isText(node)) {
      const after = OPERATORS.get(node.operatorToken.kind);
      if (after !== undefined) replace(node.operatorToken, after);
    } else if (ts.isNumericLiteral(node)) {
      replace(node, String(Number(node.text) + 1));
    } else if (node.kind === ts.SyntaxKind.TrueKeyword || node.kind === ts.SyntaxKind.FalseKeyword) {
      replace(node, node.kind === ts.SyntaxKind.TrueKeyword ? 'false' : 'true');
    } else if (ts.isPrefixUnaryExpression(node) && /^[-!]$/.test(ts.tokenToString(node.operator)!)) {
      replace(node, '', ts.tokenToString(node.operator));
    } else if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const after = NAMES.get(node.expression.name.text);
      if (after !== undefined) replace(node.expression.name, after);
    } else if (ts.isStringLiteral(node) && /^(?:f32|f64|i32|f32x4|f64x2|v128)\.\w+$/.test(node.text)) {
      const [type, name] = node.text.split('.') as [string, string];
      const after = NAMES.get(name);
      if (after !== undefined) replace(node, `'${type}.${after}'`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Concatenation, to which a minus would be no slip that anyone makes. */
const isText = ({ left, right, operatorToken }: ts.BinaryExpression): boolean =>
  operatorToken.kind === ts.SyntaxKind.PlusToken &&
  [left, right].some(
    (side) =>
      ts.isStringLiteralLike(side) || ts.isTemplateExpression(side) || (ts.isBinaryExpression(side) && isText(side)),
  );
