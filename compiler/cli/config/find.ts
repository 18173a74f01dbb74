import { basename, join, resolve } from 'node:path';
import type { FileSystem } from '../io.js';
import { UsageError } from '../../errors.js';

/** The names under which a config is looked for. */
export const CONFIG_NAMES = ['opau.config.ts', 'opau.config.js', 'opau.config.mjs', 'opau.config.json'] as const;

/** A config: its absolute path, and the path as errors and commands show it. */
export interface ConfigPath {
  readonly path: string;
  readonly shown: string;
}

/** The config of a directory, or undefined where it has none. Throws UsageError where it has several. */
export async function findConfig(fs: FileSystem, directory: string): Promise<ConfigPath | undefined> {
  const paths = CONFIG_NAMES.map((name) => join(directory, name));
  const found = await Promise.all(paths.map((path) => isFile(fs, path)));
  const [first, second] = paths.filter((_, i) => found[i]);
  if (second !== undefined) {
    throw new UsageError(
      `there are ${basename(first!)} and ${basename(second)}: keep one, or say which with --config FILE`,
    );
  }
  return first === undefined ? undefined : { path: first, shown: basename(first) };
}

/** The config that `--config` names. Throws UsageError where it is no file. */
export async function namedConfig(fs: FileSystem, cwd: string, named: string): Promise<ConfigPath> {
  const path = resolve(cwd, named);
  if (await isFile(fs, path)) return { path, shown: named };
  throw new UsageError(`--config "${named}": there is no such file`);
}

const isFile = (fs: FileSystem, path: string): Promise<boolean> =>
  fs.stat(path).then(
    (stats) => stats.isFile(),
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return false;
      throw error;
    },
  );
