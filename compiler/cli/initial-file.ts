import { basename, resolve } from 'node:path';
import { reasonOf, type Io } from './io.js';
import { UsageError } from '../errors.js';
import { parseGiven, type Given, type Wanted } from '../fit/given.js';

/** Reads `--initial FILE` or `FILE#NAME`. Throws UsageError. */
export async function readInitial(argument: string, wanted: Wanted, io: Pick<Io, 'cwd' | 'fs'>): Promise<Given> {
  const [, path, pick] = /^([^]*?)(?:#([^#]*))?$/.exec(argument)!;
  let text: string;
  try {
    text = await io.fs.readFile(resolve(io.cwd, path!), 'utf8');
  } catch (error) {
    throw new UsageError(`cannot read --initial "${path}": ${reasonOf(error)}`);
  }
  // Headers name the file, but not where it lies, nor what would end a line or a quotation there.
  const name = basename(path!).replace(/["\p{Cc}\u2028\u2029]/gu, '?');
  return parseGiven(text, name, pick, wanted);
}
