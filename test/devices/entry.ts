import { className, opName } from '../../compiler/emit/identity.js';
import { arithmeticOnly, writeModule } from '../support/emit.js';
import { cases } from './cases/index.js';
import { nameOf, type Activation } from './device.js';
import { specFor } from './modules.js';

/**
 * Emits every module that the cases need into a folder of emitted modules. Returns the text of a module that imports all
 * of them, and hands them, by nameOf, to the function `install` of the module at the path `installer`.
 */
export async function entryOf(folder: string, installer: string): Promise<string> {
  const needed = new Map(cases.flatMap(({ needs }) => needs.map((activation) => [nameOf(activation), activation])));
  const [imports, table]: [string[], string[]] = [[], []];
  for (const [name, activation] of needed as Map<string, Activation>) {
    const spec = specFor(activation);
    const path = await writeModule(spec, arithmeticOnly, folder);
    const own = `m${imports.length}`;
    imports.push(`import * as ${own} from ${JSON.stringify(path)};`);
    table.push(
      `  ${JSON.stringify(name)}: { op: ${own}.${opName(spec)}, Layer: ${own}.${className(spec)}, spec: ${own}.spec },`,
    );
  }
  const install = `import { install } from ${JSON.stringify(installer)};`;
  return [install, ...imports, 'await install({', ...table, '});', ''].join('\n');
}
