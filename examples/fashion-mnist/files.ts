import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { UserError } from './user-error.js';

/** Far above the 47 MB of the full Fashion-MNIST: a file that unpacks to more is no data set. */
const MOST_BYTES = 512 * 2 ** 20;

/** A file as it was found: what it holds, and the path to name in messages. */
export interface FoundFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Reads `folder/name`, or `folder/name.gz` unpacked; undefined where neither is there. */
export function readMaybeGzip(folder: string, name: string): FoundFile | undefined {
  const plain = join(folder, name);
  if (existsSync(plain)) return { path: plain, bytes: read(plain) };
  const packed = `${plain}.gz`;
  if (existsSync(packed)) return { path: packed, bytes: unpack(packed, read(packed)) };
  return undefined;
}

function read(path: string): Uint8Array {
  if (statSync(path).isDirectory()) throw new UserError(`${path}: a directory stands where a data file should be`);
  try {
    return readFileSync(path);
  } catch (error) {
    throw new UserError(`${path}: cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown error'})`);
  }
}

function unpack(path: string, bytes: Uint8Array): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength: MOST_BYTES });
  } catch (error) {
    throw new UserError(`${path}: ${explain((error as NodeJS.ErrnoException).code)}`);
  }
}

function explain(code: string | undefined): string {
  if (code === 'Z_BUF_ERROR') return 'the gzip file is truncated';
  if (code === 'ERR_BUFFER_TOO_LARGE')
    return `unpacks to more than ${MOST_BYTES / 2 ** 20} MiB, which no data set here does`;
  return 'not a sound gzip file';
}
