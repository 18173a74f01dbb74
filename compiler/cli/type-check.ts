import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Project, ts } from 'ts-morph';
import { InternalError } from '../errors.js';

/** The strictest that a user's project may be. */
const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  lib: ['lib.es2022.d.ts', 'lib.dom.d.ts'],
  types: [],
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noFallthroughCasesInSwitch: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  verbatimModuleSyntax: true,
  isolatedModules: true,
  skipLibCheck: true,
  noEmit: true,
};

/** What stands beside this compiler: its sources in the repository, its declarations in the package. */
const RUNTIME = ['../../runtime/index.ts', '../../runtime/index.d.ts'].map((path) =>
  fileURLToPath(new URL(path, import.meta.url)),
);

const PEERS = ['@tensorflow/tfjs-core', '@tensorflow/tfjs-layers'];

/**
 * The faults that TypeScript finds in the text of an emitted module, with this package's runtime and the tfjs that is installed
 * with it. The TypeScript is ts-morph's own: nothing need be installed for it. Nothing is written.
 */
export function typeCheckModule(text: string): readonly string[] {
  const runtime = RUNTIME.find(existsSync);
  if (runtime === undefined) return [`the types of opau/runtime are missing: ${RUNTIME[1]!} is not there`];
  const project = new Project({
    compilerOptions: { ...OPTIONS, paths: { 'opau/runtime': [runtime] } },
    skipAddingFilesFromTsConfig: true,
  });
  // As if it lay in the package, where its imports resolve to what the package does.
  const file = project.createSourceFile(join(packageRoot(), 'emitted-module.ts'), text, { overwrite: true });
  const diagnostics = [
    ...project.getProgram().getSyntacticDiagnostics(file),
    ...project.getProgram().getSemanticDiagnostics(file),
  ];
  const missing = PEERS.filter((peer) =>
    diagnostics.some((diagnostic) => messageOf(diagnostic.getMessageText()).includes(`Cannot find module '${peer}'`)),
  );
  if (missing.length > 0)
    return [
      `${missing.join(' and ')} cannot be found: npm install ${missing.map((peer) => `${peer}@4.22.0`).join(' ')}`,
    ];
  return diagnostics.map(
    (diagnostic) => `line ${diagnostic.getLineNumber() ?? 0}: ${messageOf(diagnostic.getMessageText())}`,
  );
}

type Message = ReturnType<ReturnType<Project['getPreEmitDiagnostics']>[number]['getMessageText']>;

/** The first line: what follows it are reasons of reasons. */
const messageOf = (message: Message): string =>
  (typeof message === 'string' ? message : message.getMessageText()).split('\n')[0]!;

/** The nearest directory above with a package.json: the sources and the build in dist/ lie at different depths. */
function packageRoot(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  for (let directory = here; ; directory = dirname(directory)) {
    if (existsSync(join(directory, 'package.json'))) return directory;
    if (directory === dirname(directory)) throw new InternalError(`no package.json above ${here}`);
  }
}
