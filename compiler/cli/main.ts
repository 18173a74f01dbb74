import { parseFlags } from './flags.js';
import { print, type Io } from './io.js';
import { UsageError } from '../errors.js';
import type { Stages } from '../generate.js';
import { VERSION } from '../version.js';

export interface Options {
  /** Replaces the compiler's passes: tests plant faults in them. */
  readonly stages?: Stages;
}

/**
 * The command `opau-gen`. Returns the exit code: 0 done, 1 a fault of ours, 2 wrong use. Imports the compiler only
 * where it is needed, because `--help` must not wait for ts-morph.
 */
export async function main(argv: readonly string[], io: Io, { stages }: Options = {}): Promise<number> {
  try {
    const flags = parseFlags(argv);
    if (flags.has('help')) {
      const { helpText } = await import('./help.js');
      await print(io, await helpText());
    } else if (flags.has('version')) {
      await print(io, `${VERSION}\n`);
    } else {
      const { generateCommand } = await import('./generate-command.js');
      await generateCommand(flags, io, stages);
    }
    return 0;
  } catch (error) {
    if (error instanceof UsageError) {
      await io.stderr.write(`opau-gen: ${visible(error.message)}\n`);
      return 2;
    }
    await io.stderr.write(faultReport(error, argv));
    return 1;
  }
}

function faultReport(error: unknown, argv: readonly string[]): string {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return [
    `opau-gen: ${stack}`,
    'opau-gen: this is a fault of opau-gen, nothing was written. Please report it with the lines above and these:',
    `  opau-gen ${VERSION}, node ${process.version}, ${process.platform} ${process.arch}`,
    `  opau-gen ${argv.map(quoted).join(' ')}`,
    '',
  ].join('\n');
}

const quoted = (word: string): string => (/^[\w./=-]+$/.test(word) ? word : JSON.stringify(word));

/** A message may quote what the user typed: control characters are shown, and a line stays one line. */
const visible = (message: string): string =>
  message.replace(/[\p{Cc}\u2028\u2029]/gu, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
