import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import { reasonOf, type FileSystem } from './io.js';
import { UsageError } from '../errors.js';

/** Where files go. */
export interface Directory {
  /** Absolute. */
  readonly path: string;
  /** As it is shown. */
  readonly shown: string;
  /** Who named it, for errors: `--out "src"`. */
  readonly origin: string;
}

/** Files, by name, for one directory. */
export interface Batch {
  readonly directory: Directory;
  readonly files: ReadonlyMap<string, string>;
}

/** Throws UsageError where `directory` neither is a directory nor can become one. */
export async function checkDirectory(fs: FileSystem, directory: Directory): Promise<void> {
  await orUsageError(directory, () => missingDirectories(fs, directory.path));
}

/**
 * Writes every file under another name first, then renames them over what is there, so that no reader sees half a
 * file. When it fails it takes away what it made, directories too. Throws UsageError where the system refuses.
 */
export async function writeFiles(fs: FileSystem, batches: readonly Batch[]): Promise<void> {
  const undo: (() => Promise<void>)[] = [];
  const renames: (() => Promise<void>)[] = [];
  try {
    for (const { directory, files } of batches) {
      await orUsageError(directory, async () => {
        for (const path of await missingDirectories(fs, directory.path)) {
          if (await makeDirectory(fs, path)) undo.unshift(() => fs.rmdir(path));
        }
        for (const [name, text] of files) {
          const temporary = join(directory.path, `.${name}.${randomUUID()}.tmp`);
          undo.unshift(() => fs.rm(temporary, { force: true }));
          await fs.writeFile(temporary, text, { flag: 'wx' });
          renames.push(() => orUsageError(directory, () => rename(fs, temporary, directory, name)));
        }
      });
    }
    for (const step of renames) await step();
  } catch (error) {
    // A directory that someone else has put something into stays.
    for (const step of undo) await step().catch(() => {});
    throw error;
  }
}

/** What is missing of `path`, the outermost directory first. */
async function missingDirectories(fs: FileSystem, path: string): Promise<readonly string[]> {
  const missing: string[] = [];
  for (let at = path; ; at = dirname(at)) {
    const found = await fs.stat(at).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
      throw error;
    });
    if (found?.isDirectory()) return missing;
    if (found !== undefined) throw new UsageError(`${at} is not a directory`);
    missing.unshift(at);
  }
}

/** Whether it was made: another run may have been quicker. */
async function makeDirectory(fs: FileSystem, path: string): Promise<boolean> {
  try {
    await fs.mkdir(path);
    return true;
  } catch (error) {
    const there = await fs.stat(path).catch(() => undefined);
    if (there?.isDirectory()) return false;
    throw error;
  }
}

async function rename(fs: FileSystem, temporary: string, directory: Directory, name: string): Promise<void> {
  try {
    await fs.rename(temporary, join(directory.path, name));
  } catch (error) {
    throw new UsageError(`${name}: ${reasonOf(error)}`);
  }
}

async function orUsageError(directory: Directory, action: () => Promise<unknown>): Promise<void> {
  try {
    await action();
  } catch (error) {
    throw new UsageError(`cannot write to ${directory.origin}: ${reasonOf(error)}`);
  }
}
