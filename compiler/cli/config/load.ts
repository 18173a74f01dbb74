import { extname } from 'node:path';
import type { ConfigPath } from './find.js';
import { freshUrl } from './fresh-url.js';
import { reasonOf, type FileSystem } from '../io.js';
import { UsageError } from '../../errors.js';

/** What a config holds, unchecked, and the files that it was read from. */
export interface LoadedConfig {
  readonly value: unknown;
  readonly files: readonly string[];
}

/**
 * Reads a config: JSON, a JavaScript module or a TypeScript one. Always what the file holds now, however often. Throws
 * UsageError with one line where it cannot be read or fails.
 */
export async function loadConfig(fs: FileSystem, { path, shown }: ConfigPath): Promise<LoadedConfig> {
  const text = await fs.readFile(path, 'utf8').catch((error: unknown) => {
    throw new UsageError(`cannot read ${shown}: ${reasonOf(error)}`);
  });
  switch (extname(path)) {
    case '.json':
      return { value: await parseJson(shown, text), files: [path] };
    case '.js':
    case '.mjs':
      return { value: await importDefault(shown, freshUrl(path, text)), files: [path] };
    case '.ts': {
      const { linkTypeScript } = await import('./typescript.js');
      const { url, files } = await linkTypeScript(fs, path, shown);
      return { value: await importDefault(shown, url), files };
    }
    default:
      throw new UsageError(`${shown} is no config: its name must end in .json, .js, .mjs or .ts`);
  }
}

async function parseJson(shown: string, text: string): Promise<unknown> {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Where it goes wrong, engines say in different words, or not at all. TypeScript's parser does, but takes more than JSON.
    const { jsonFault } = await import('./typescript.js');
    throw new UsageError(
      jsonFault(shown, text) ??
        `${shown} is not JSON, which has double quotes only, no comments and no trailing commas`,
    );
  }
}

/** The default export; where that is a promise, what it resolves to. */
async function importDefault(shown: string, url: string): Promise<unknown> {
  const load = async (): Promise<unknown> => ((await import(/* @vite-ignore */ url)) as { default?: unknown }).default;
  const value = await load().catch((error: unknown) => {
    // A config is a program of the user's: whatever it throws is theirs to mend.
    throw new UsageError(`${shown}: ${error instanceof Error ? error.message : String(error)}`);
  });
  if (value !== undefined) return value;
  throw new UsageError(`${shown} has no default export: write export default { activations: [...] }`);
}
