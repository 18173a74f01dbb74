import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import * as fs from 'node:fs/promises';
import { constants, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { FileSystem, Io } from '../../compiler/cli/io.js';
import { main, type Options } from '../../compiler/cli/main.js';

export interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface World {
  readonly cwd?: string;
  readonly env?: Io['env'];
  readonly isTTY?: boolean;
  readonly fs?: Partial<FileSystem>;
  /** Replaces what stdout does. */
  readonly print?: (text: string) => Promise<void>;
  /** Stands in for Ctrl-C. */
  readonly interrupt?: AbortSignal;
  readonly options?: Options;
}

/** Runs the command in this process, with streams that remember. Words are separated by spaces; `argv` for others. */
export async function run(argv: string | readonly string[], world: World = {}): Promise<Run> {
  const { said, ended } = runAside(argv, world);
  return { code: await ended, ...said };
}

/** The same for a command that goes on: what it has said so far, and its exit code. */
export function runAside(
  argv: string | readonly string[],
  world: World = {},
): { readonly said: { stdout: string; stderr: string }; readonly ended: Promise<number> } {
  const said = { stdout: '', stderr: '' };
  const output = (name: keyof typeof said) => ({
    isTTY: world.isTTY ?? false,
    write: async (text: string) => void (said[name] += text),
  });
  const io: Io = {
    stdout: { ...output('stdout'), ...(world.print && { write: world.print }) },
    stderr: output('stderr'),
    env: world.env ?? {},
    cwd: world.cwd ?? '/no/such/directory',
    fs: { ...fs, ...world.fs },
    interruptible: () => world.interrupt ?? new AbortController().signal,
  };
  const words = typeof argv === 'string' ? argv.split(' ').filter((word) => word !== '') : argv;
  return { said, ended: main(words, io, world.options) };
}

/** An empty directory of the test's own, gone when it ends. */
export function emptyDirectory(within = tmpdir()): string {
  const path = realpathSync(mkdtempSync(join(within, 'opau-cli-')));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** An empty directory with files in it. */
export function project(files: Readonly<Record<string, string | object>>): string {
  const cwd = emptyDirectory();
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, name)), { recursive: true });
    writeFileSync(join(cwd, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return cwd;
}

/** Every path below a directory, sorted. */
export const everythingIn = (directory: string): string[] =>
  readdirSync(directory, { recursive: true }).map(String).sort();

/** What the system throws: tests run as root, whom no permission stops. */
export const refusal = (code: 'EACCES' | 'ENOSPC' | 'EROFS') => async (): Promise<never> => {
  throw Object.assign(new Error(`${code}: planted`), { code, errno: -constants.errno[code], syscall: 'open' });
};
