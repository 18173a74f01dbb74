import { IndentationText, Node, Project, type FunctionDeclaration, type SourceFile } from 'ts-morph';
import { carries, leaveOut } from './backends.js';
import { header, short } from './header.js';
import { className, fileName, opName } from './identity.js';
import { shaderText } from './shader.js';
import { TEMPLATE } from './template.js';
import type { Activation } from '../activation.js';
import { composedBackwardBody, composedForwardBody, CORE_FUNCTIONS, RUNTIME_FUNCTIONS } from '../targets/tfjs.js';
import { FLOAT32, shortest } from '../targets/number.js';
import { backwardBody, forwardBody } from '../targets/typescript.js';
import { safeRadius } from '../stages/radius.js';
import type { Output } from '../stages/share.js';
import { base64 } from '../targets/wasm/bytes.js';
import { encodeModule } from '../targets/wasm/encode.js';
import { activationModule } from '../targets/wasm/module.js';
import { wrapList } from '../targets/wrap.js';

/** The path and the text of one activation's module: templates/activation.ts with the mathematics filled in. */
export function emitModule(activation: Activation): [path: string, text: string] {
  const { spec, names, doubles, singles } = activation;
  const project = new Project({
    useInMemoryFileSystem: true,
    skipLoadingLibFiles: true,
    manipulationSettings: { indentationText: IndentationText.TwoSpaces },
  });
  const file = project.createSourceFile('activation.ts', TEMPLATE);

  fill(file, 'forward', forwardBody(names, doubles.forward));
  fill(file, 'backward', backwardBody(names, doubles.backward));
  fill(file, 'composedForward', composedForwardBody(names, singles.forward));
  fill(file, 'composedBackward', composedBackwardBody(names, singles.backward));
  file.getVariableDeclarationOrThrow('spec').getInitializerOrThrow().replaceWithText(specText(activation));
  if (carries(spec, 'wasm')) fillWasm(file, activation);
  if (carries(spec, 'webgpu', 'webgl')) {
    file.getVariableDeclarationOrThrow('shader').getInitializerOrThrow().replaceWithText(shaderText(activation));
  }
  leaveOut(file, spec);
  replaceName(file, 'TemplatePade', className(spec));
  replaceName(file, 'templatePade', opName(spec));
  importWhatIsUsed(file);

  const text = file.getFullText().replace(/^(?:\/\/.*\n)+/, '');
  return [fileName(spec), `${header(activation)}\n/* eslint-disable */\n${text}`];
}

/** Sets the WebAssembly module and its description. */
function fillWasm(file: SourceFile, activation: Activation): void {
  const [plain, relaxed] = [false, true].map((fused) => encodeModule(activationModule(activation, fused)));
  const { bytes, limitsAt } = plain!;
  const text = (name: string, module: Uint8Array): string => {
    const lines = base64(module).match(/.{1,96}/g)!;
    return `  ${name}:\n${lines.map((line) => `    '${line}'`).join(' +\n')},\n`;
  };
  // Where no radius is safe there are doubles only, and nothing to fuse.
  const both = text('base64', bytes) + (isSame(bytes, relaxed!.bytes) ? '' : text('relaxed', relaxed!.bytes));
  const statement = file.getVariableStatementOrThrow('wasm');
  statement.getJsDocs()[0]!.setDescription(`\n${wasmComment(activation, bytes.length).join('\n')}`);
  statement
    .getDeclarations()[0]!
    .getInitializerOrThrow()
    .replaceWithText(`Object.freeze({\n  limitsAt: ${limitsAt},\n${both}})`);
}

const isSame = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, i) => byte === b[i]);

function wasmComment({ plain }: Activation, size: number): readonly string[] {
  const way = (outputs: readonly Output[]): string => {
    const radius = safeRadius(outputs);
    return radius === undefined ? 'doubles' : `float32 vectors where |x| <= ${radius}, doubles elsewhere`;
  };
  return [
    `The kernels of the wasm backend: ${size} bytes of WebAssembly in base64, where in them the memory is described, and the`,
    'same with the fused multiply-add of relaxed SIMD, for engines that have it.',
    `Forwards: ${way(plain.forward)}.`,
    `Backwards: ${way(plain.backward)}.`,
  ];
}

/** Sets a function's body; parameters that it does not use get a leading underscore. */
function fill(file: SourceFile, name: string, body: string): void {
  const declaration = file.getFunctionOrThrow(name);
  declaration.setBodyText((writer) => writer.write(body));
  for (const parameter of unusedParameters(declaration))
    parameter.getNameNode().replaceWithText(`_${parameter.getName()}`);
}

function unusedParameters(declaration: FunctionDeclaration) {
  const used = new Set(
    declaration
      .getBodyOrThrow()
      .getDescendants()
      .filter(Node.isIdentifier)
      .map((id) => id.getText()),
  );
  return declaration.getParameters().filter((parameter) => !used.has(parameter.getName()));
}

/** Replaces an identifier and string literals of the same text. The template's names are unique, so no scopes matter. */
function replaceName(file: SourceFile, from: string, to: string): void {
  // Bodies hold mathematics only, and are long: look at the statements around them.
  const around = file.getStatements().filter((statement) => !Node.isFunctionDeclaration(statement));
  const nodes = around
    .flatMap((statement) => statement.getDescendants())
    .filter(
      (node) =>
        (Node.isIdentifier(node) && node.getText() === from) ||
        (Node.isStringLiteral(node) && node.getLiteralText() === from),
    );
  for (const node of nodes) node.replaceWithText(Node.isStringLiteral(node) ? `'${to}'` : to);
}

/** Imports exactly those functions of tfjs and of the runtime that the filled-in bodies call. */
function importWhatIsUsed(file: SourceFile): void {
  const bodies = file
    .getFunctions()
    .map((declaration) => declaration.getBodyText() ?? '')
    .join('\n');
  const called = new Set([...bodies.matchAll(/\b[a-z][A-Za-z0-9]*(?=\()/g)].map(([name]) => name));
  const set = (module: string, functions: readonly string[]): void => {
    const declaration = file.getImportDeclarationOrThrow(module);
    const fixed = declaration
      .getNamedImports()
      .map((i) => i.getText())
      .filter((text) => !functions.includes(text));
    const names = [...functions.filter((name) => called.has(name)), ...fixed].sort(byName);
    const oneLine = `import { ${names.join(', ')} } from '${module}';`;
    const lines = ['import {', ...names.map((name) => `  ${name},`), `} from '${module}';`];
    declaration.replaceWithText(oneLine.length <= 100 ? oneLine : lines.join('\n'));
  };
  set('@tensorflow/tfjs-core', CORE_FUNCTIONS);
  set('opau/runtime', RUNTIME_FUNCTIONS);
}

/** Alphabetically, types among the values. */
const byName = (a: string, b: string): number => {
  const [x, y] = [a, b].map((name) => name.replace('type ', '').toLowerCase());
  return x! < y! ? -1 : 1;
};

function specText({ spec, fit }: Activation): string {
  const numbers = (values: readonly number[]): string => {
    const texts = values.map((value) => shortest(value, FLOAT32).replace(/\.0$/, ''));
    return wrapList('Object.freeze([', texts, '])', 88).join('\n    ');
  };
  return [
    'Object.freeze({',
    `  basis: '${spec.family.name}',`,
    ...(spec.domain === undefined
      ? []
      : [`  domain: Object.freeze([${spec.domain.map((end) => `'${end.toFraction()}'`).join(', ')}] as const),`]),
    ...(spec.normalise ? ['  normalise: true,'] : []),
    `  m: ${spec.m},`,
    `  n: ${spec.n},`,
    `  denominator: '${spec.denominator}',`,
    '  initial: Object.freeze({',
    `    target: ${quoted(spec.target.name)},`,
    `    interval: Object.freeze([${spec.interval.join(', ')}] as const),`,
    `    c: ${numbers(fit.c)},`,
    `    d: ${fit.d.length === 0 ? 'Object.freeze([] as number[])' : numbers(fit.d)},`,
    `    rmse: ${short(fit.rmse)},`,
    `    maxError: ${short(fit.maxError)},`,
    '  }),',
    '} as const)',
  ].join('\n');
}

/** A user's text as a string literal: JSON escapes everything that could end it. */
const quoted = (text: string): string => (/^[^'\\\p{Cc}]*$/u.test(text) ? `'${text}'` : JSON.stringify(text));
