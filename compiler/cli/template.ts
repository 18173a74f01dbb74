import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InternalError } from '../errors.js';

/** The text of templates/activation.ts, which `generate` fills in. */
export const loadTemplate = (): Promise<string> => readFile(join(packageRoot(), 'templates', 'activation.ts'), 'utf8');

/** The nearest directory above with a package.json: the sources and the build in dist/ lie at different depths. */
export function packageRoot(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  for (let directory = here; ; directory = dirname(directory)) {
    if (existsSync(join(directory, 'package.json'))) return directory;
    if (directory === dirname(directory)) throw new InternalError(`no package.json above ${here}`);
  }
}
