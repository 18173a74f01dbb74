import { ts } from 'ts-morph';
import { STUBS } from './stubs.js';

/** What an emitted module hands to the runtime, as it does so: its kernels, and their description. */
export interface Definition {
  readonly name: string;
  readonly spec: { readonly m: number; readonly n: number };
  readonly cpu: CpuKernels;
  /** Absent where a module carries none. */
  readonly wasm?: { readonly base64: string; readonly limitsAt: number; readonly relaxed?: string };
  readonly composed: ComposedForms;
}

export interface CpuKernels {
  forward(xs: Float32Array, c: Float32Array, d: Float32Array, ys: Float32Array): void;
  backward(
    xs: Float32Array,
    dys: Float32Array,
    c: Float32Array,
    d: Float32Array,
    dxs: Float32Array,
    dc: Float32Array,
    dd: Float32Array,
  ): void;
}

/** On numbers in place of tensors, see stubs.ts. */
export interface ComposedForms {
  forward(x: number, c: readonly number[], d: readonly number[]): number;
  backward(
    x: number,
    dy: number,
    c: readonly number[],
    d: readonly number[],
  ): { readonly dx: number; readonly dc: readonly number[]; readonly dd: readonly number[] };
}

/**
 * Runs the text of an emitted module without tfjs and without the runtime: its types are taken off, and what it imports
 * is replaced by stand-ins. Returns what it exports as `op`. Throws where the text does not run, or defines no such op.
 */
export async function loadEmitted(text: string, op: string): Promise<Definition> {
  const javascript = ts.transpile(text, { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ES2022 });
  const file = ts.createSourceFile('activation.js', javascript, ts.ScriptTarget.ES2022);
  const [imports, rest] = [file.statements.filter(ts.isImportDeclaration), file.statements.filter(isNoImport)];
  const names = imports.flatMap(({ importClause }) => {
    const bindings = importClause?.namedBindings;
    return bindings !== undefined && ts.isNamedImports(bindings) ? bindings.elements.map(({ name }) => name.text) : [];
  });
  const source = [
    ...names.map((name) => `const ${name} = ${STUBS.get(name) ?? missing(name)};`),
    ...rest.map((statement) => statement.getText(file)),
  ].join('\n');
  // A module of its own: strict, and nothing of this one in its scope.
  const url = `data:text/javascript;charset=utf-8,${encodeURIComponent(source)}`;
  const exported = (await import(/* @vite-ignore */ url)) as Readonly<Record<string, Definition | undefined>>;
  const definition = exported[op];
  if (definition?.cpu === undefined) throw new Error(`the emitted module exports no op named ${op}`);
  return definition;
}

const isNoImport = (statement: ts.Statement): boolean => !ts.isImportDeclaration(statement);

const missing = (name: string): string =>
  `() => { throw new Error(${JSON.stringify(`the emitted module calls ${name}, for which --verify has no stand-in`)}); }`;
