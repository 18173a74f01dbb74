import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ts } from 'ts-morph';
import { freshUrl } from './fresh-url.js';
import { reasonOf, type FileSystem } from '../io.js';
import { UsageError } from '../../errors.js';

/** A module that Node can import, and the files that it was made from. */
export interface Linked {
  readonly url: string;
  readonly files: readonly string[];
}

/**
 * Makes a TypeScript module, and those that it imports by a relative path, into data: URLs: Node 20 does not run
 * TypeScript, and nothing is to be written next to the user's files. The compiler is the one that ts-morph brings. Throws
 * UsageError for a syntax error, an import that is not there, and imports in a circle.
 */
export async function linkTypeScript(fs: FileSystem, path: string, shown: string): Promise<Linked> {
  const files = new Set<string>();
  const read = async (file: string, name: string): Promise<string> => {
    files.add(file);
    return fs.readFile(file, 'utf8').catch((error: unknown) => {
      throw new UsageError(`cannot read ${name}: ${reasonOf(error)}`);
    });
  };
  const link = async (file: string, name: string, above: readonly string[]): Promise<string> => {
    if (above.includes(file)) throw new UsageError(`${shown}: ${name} imports itself, in a circle`);
    let script = transpile(name, await read(file, name));
    // From the end: positions before it stay.
    for (const { fileName: specifier, pos } of ts.preProcessFile(script, true, true).importedFiles.reverse()) {
      const imported = locate(file, name, specifier);
      if (imported === undefined) continue;
      const importedName = relative(dirname(path), imported);
      const url = !isRelative(specifier)
        ? pathToFileURL(imported).href
        : /\.m?ts$/.test(imported)
          ? await link(imported, importedName, [...above, file])
          : freshUrl(imported, await read(imported, importedName));
      script = script.slice(0, pos) + JSON.stringify(url) + script.slice(pos + specifier.length + 2);
    }
    return `data:text/javascript;base64,${Buffer.from(script).toString('base64')}`;
  };
  return { url: await link(path, shown, []), files: [...files] };
}

function transpile(name: string, source: string): string {
  const { outputText, diagnostics = [] } = ts.transpileModule(source, {
    fileName: name,
    reportDiagnostics: true,
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  });
  const [first] = diagnostics;
  if (first === undefined) return outputText;
  throw new UsageError(located(name, first));
}

/** The first fault of what should be JSON, but for comments and trailing commas. */
export function jsonFault(name: string, text: string): string | undefined {
  const file = ts.parseJsonText(name, text) as ts.JsonSourceFile & {
    readonly parseDiagnostics: readonly ts.Diagnostic[];
  };
  const [first] = file.parseDiagnostics;
  return first && located(name, first);
}

/** `opau.config.ts:2:6: Expression expected.` */
function located(name: string, { file, start, messageText }: ts.Diagnostic): string {
  const { line, character } = ts.getLineAndCharacterOfPosition(file!, start!);
  return `${name}:${line + 1}:${character + 1}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
}

const isRelative = (specifier: string): boolean => /^\.{0,2}\//.test(specifier);

/** The file that an import means; undefined for what Node finds from anywhere. */
function locate(file: string, name: string, specifier: string): string | undefined {
  if (/^(node|data|file):/.test(specifier)) return undefined;
  if (isRelative(specifier)) {
    const path = resolve(dirname(file), specifier);
    // `./x.js` means x.ts where there is no x.js, as everywhere in TypeScript.
    const candidates = [path, path.replace(/\.(m?)js$/, '.$1ts'), `${path}.ts`, `${path}.js`, `${path}.mjs`];
    const found = candidates.find((candidate) => /\.\w+$/.test(candidate) && existsSync(candidate));
    if (found !== undefined) return found;
  } else {
    // The package itself is this one, wherever the config lies; all others are looked for from the config.
    const from = createRequire(specifier === 'opau' ? import.meta.url : file);
    try {
      const found = from.resolve(specifier);
      return found === specifier ? undefined : found;
    } catch {
      // Said below: Node's own message is many lines of paths.
    }
  }
  throw new UsageError(`${name} imports "${specifier}", which is not there`);
}
