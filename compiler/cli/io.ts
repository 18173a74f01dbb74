import * as fs from 'node:fs/promises';
import { getSystemErrorMap } from 'node:util';
import { UsageError } from '../errors.js';

/** Where text goes. `write` settles when the text is out, so that nothing is lost at exit. */
export interface Output {
  readonly isTTY: boolean;
  write(text: string): Promise<void>;
}

export type FileSystem = Pick<
  typeof fs,
  'mkdir' | 'readFile' | 'readdir' | 'rename' | 'rm' | 'rmdir' | 'stat' | 'watch' | 'writeFile'
>;

/** All that the command sees of the world: tests give it another one, and need no process of their own. */
export interface Io {
  /** Data only: a module, help, the version. */
  readonly stdout: Output;
  /** What is said to a person. */
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly fs: FileSystem;
  /** From the call on Ctrl-C no longer ends the process, but aborts the signal. */
  readonly interruptible: () => AbortSignal;
}

export const nodeIo = (): Io => ({
  // A reader such as `head` that has seen enough closes the pipe: that is no fault.
  stdout: output(process.stdout, (error) => error.code === 'EPIPE'),
  // There is nowhere left to say that nobody can be told.
  stderr: output(process.stderr, () => true),
  env: process.env,
  cwd: process.cwd(),
  fs,
  interruptible,
});

function interruptible(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => controller.abort());
  return controller.signal;
}

function output(stream: NodeJS.WriteStream, isHarmless: (error: NodeJS.ErrnoException) => boolean): Output {
  stream.on('error', () => {}); // or else it ends the process with a stack; `write` reports it
  const write = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      stream.write(text, (error) => (error && !isHarmless(error) ? reject(error) : resolve()));
    });
  return { isTTY: stream.isTTY === true, write };
}

/** Writes data to stdout. Throws UsageError where the system refuses. */
export async function print(io: Io, text: string): Promise<void> {
  try {
    await io.stdout.write(text);
  } catch (error) {
    throw new UsageError(`cannot write to stdout: ${reasonOf(error)}`);
  }
}

/** The system's own words, such as `permission denied (EACCES)`. Throws again what is not the system's. */
export function reasonOf(error: unknown): string {
  if (error instanceof UsageError) return error.message;
  const { code, errno } = error as NodeJS.ErrnoException;
  if (errno === undefined) throw error;
  const [, text] = getSystemErrorMap().get(errno) ?? [];
  return text === undefined ? String(code) : `${text} (${code})`;
}

/** What a person reads of a mistake. */
export const errorLine = (error: UsageError): string => `opau-gen: ${visible(error.message)}\n`;

/** A message may quote what the user typed: control characters are shown, and a line stays one line. */
export const visible = (message: string): string =>
  message.replace(/[\p{Cc}\u2028\u2029]/gu, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
