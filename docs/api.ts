/** docs/api.md from the docstrings of what the package exports: `npm run readme`. A test holds it up to date. */
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** An entry of package.json's `exports`. */
export interface Entry {
  readonly name: string;
  readonly file: string;
  readonly about: string;
}

export const ENTRIES: readonly Entry[] = [
  { name: 'opau', file: 'compiler/index.ts', about: 'The compiler as a library. Runs in Node and in browsers.' },
  { name: 'opau/runtime', file: 'runtime/index.ts', about: 'What generated modules run on.' },
  { name: 'opau/webgpu-node', file: 'runtime/webgpu-node.ts', about: 'WebGPU without a browser.' },
  { name: 'opau/training', file: 'runtime/training/index.ts', about: 'Training tools.' },
  { name: 'opau/training-node', file: 'runtime/training-node.ts', about: 'What of the training tools needs Node.' },
];

/** The reference as Markdown; `base` is the directory of the package's sources. */
export function apiReference(base = root): string {
  const config = ts.readConfigFile(`${base}tsconfig.json`, (path) => ts.sys.readFile(path)).config as object;
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, base);
  const program = ts.createProgram(
    ENTRIES.map(({ file }) => base + file),
    options,
  );
  const checker = program.getTypeChecker();
  const sections = ENTRIES.flatMap(({ name, file, about }) => {
    const source = program.getSourceFile(base + file)!;
    const exported = checker
      .getExportsOfModule(checker.getSymbolAtLocation(source)!)
      .map((symbol) => resolved(checker, symbol));
    const entries = exported
      .map((symbol) => describe(checker, symbol, base))
      .sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1));
    return [`## \`import … from '${name}'\``, '', about, '', ...entries.flatMap(({ text }) => text)];
  });
  return ['# Reference', '', 'Made from the docstrings in the sources by `npm run readme`.', '', ...sections].join(
    '\n',
  );
}

interface Described {
  readonly name: string;
  readonly isType: boolean;
  readonly text: readonly string[];
}

/** Values before types. */
const rank = ({ isType }: Described): number => (isType ? 1 : 0);

const resolved = (checker: ts.TypeChecker, symbol: ts.Symbol): ts.Symbol =>
  symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;

function describe(checker: ts.TypeChecker, symbol: ts.Symbol, base: string): Described {
  const declaration = symbol.declarations![0]!;
  const source = declaration.getSourceFile();
  const file = relative(base, source.fileName);
  const comment = ts.displayPartsToString(symbol.getDocumentationComment(checker));
  const isType = ts.isInterfaceDeclaration(declaration) || ts.isTypeAliasDeclaration(declaration);
  return {
    name: symbol.name,
    isType,
    text: [
      `### ${symbol.name}`,
      '',
      ...(comment === '' ? [] : [...markdown(comment), '']),
      '```ts',
      heading(checker, symbol, declaration),
      '```',
      '',
      `[${file}](../${file})`,
      '',
    ],
  };
}

/** A docstring's lines, joined to paragraphs; what is indented in it is text set as it stands. */
function markdown(comment: string): readonly string[] {
  const parts: { readonly kind: 'paragraph' | 'code' | 'gap'; readonly lines: string[] }[] = [];
  for (const line of comment.split('\n')) {
    const kind = line.trim() === '' ? 'gap' : /^\s{2}/.test(line) ? 'code' : 'paragraph';
    if (parts.at(-1)?.kind === kind) parts.at(-1)!.lines.push(line);
    else parts.push({ kind, lines: [line] });
  }
  return parts
    .filter(({ kind }) => kind !== 'gap')
    .flatMap(({ kind, lines }, i) => [
      ...(i > 0 ? [''] : []),
      ...(kind === 'code' ? ['```', ...withoutIndent(lines), '```'] : [lines.join(' ')]),
    ]);
}

function withoutIndent(lines: readonly string[]): readonly string[] {
  const indent = Math.min(...lines.map((line) => line.search(/\S/)));
  return lines.map((line) => line.slice(indent));
}

/** A declaration as a reader of the package sees it: without bodies and what is private. */
function heading(checker: ts.TypeChecker, symbol: ts.Symbol, declaration: ts.Declaration): string {
  if (ts.isInterfaceDeclaration(declaration) || ts.isTypeAliasDeclaration(declaration)) return declaration.getText();
  if (ts.isClassDeclaration(declaration)) return classText(declaration);
  const type = checker.getTypeOfSymbolAtLocation(symbol, declaration);
  const calls = type.getCallSignatures();
  if (calls.length > 0) {
    const flags = ts.TypeFormatFlags.NoTruncation;
    return calls
      .map((call) => `function ${symbol.name}${checker.signatureToString(call, declaration, flags)}`)
      .join('\n');
  }
  return `const ${symbol.name}: ${checker.typeToString(type, declaration, ts.TypeFormatFlags.NoTruncation)}`;
}

function classText(declaration: ts.ClassDeclaration): string {
  const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
  const members = declaration.members.filter(
    (member) => (ts.getCombinedModifierFlags(member) & hidden) === 0 && !ts.isPropertyDeclaration(member),
  );
  const clause = (declaration.heritageClauses ?? []).map((heritage) => ` ${heritage.getText()}`).join('');
  const modifiers = (declaration.modifiers ?? [])
    .filter((modifier) => modifier.kind === ts.SyntaxKind.AbstractKeyword)
    .map((modifier) => `${modifier.getText()} `)
    .join('');
  return [
    `${modifiers}class ${declaration.name!.text}${clause} {`,
    ...members.map((member) => `  ${signatureOf(member)};`),
    '}',
  ].join('\n');
}

/** A member's text up to its body. */
function signatureOf(member: ts.ClassElement): string {
  const body = (member as ts.MethodDeclaration).body;
  const text = member.getText();
  return (body === undefined ? text : text.slice(0, body.getStart() - member.getStart()))
    .trim()
    .replace(/;$/, '')
    .replace(/^override /, '');
}
