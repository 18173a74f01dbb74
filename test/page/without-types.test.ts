// What the page takes for JavaScript, against what TypeScript makes of the same module: token by token.
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { families } from '../../compiler/bases/index.js';
import { generate } from '../../compiler/generate.js';
import { DENOMINATORS, type Spec } from '../../compiler/spec.js';
import { withoutTypes } from '../../examples/page/app/compiler/without-types.js';
import { arithmeticOnly, specOf } from '../support/emit.js';

/** The tokens of a text, but for commas before a closing bracket, which mean nothing. */
function tokens(text: string): readonly string[] {
  const found: string[] = [];
  const file = ts.createSourceFile('a.ts', text, ts.ScriptTarget.ES2022, true);
  const visit = (node: ts.Node): void => {
    const children = node.getChildren(file).filter((child) => !ts.isJSDoc(child));
    if (children.length === 0 && node.getText(file) !== '') found.push(node.getText(file));
    children.forEach(visit);
  };
  visit(file);
  return found.filter((token, i) => token !== ',' || !/^[)\]}]$/.test(found[i + 1] ?? ''));
}

const byTypeScript = (text: string): string =>
  ts.transpileModule(text, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true },
  }).outputText;

function compare(spec: Spec): void {
  const module = [...generate(spec, arithmeticOnly).files.values()][0]!;
  const ours = tokens(withoutTypes(module));
  expect(ours).toEqual(tokens(byTypeScript(module)));
  expect(ours.length).toBeLessThan(tokens(module).length);
}

describe.each(DENOMINATORS)('%s', (denominator) => {
  it.each(families.map(({ name }) => name))('%s', (basis) => {
    compare(specOf(basis, 5, 4, denominator));
    compare(specOf(basis, 0, 1, denominator));
    compare(specOf(basis, 1, 0, denominator));
  });

  it('on a domain, normalised', () => {
    compare(specOf('legendre', 3, 2, denominator, 'gelu', { domain: ['-3', '1/2'], normalise: true }));
  });
});

it('texts stay as they are', () => {
  const text = `const a = 'x as const'; // c: Tensor\nconst b = "d: void \\" !"; /* type X */ const e = \`as number[]\`;`;
  expect(withoutTypes(text)).toBe(text);
});
