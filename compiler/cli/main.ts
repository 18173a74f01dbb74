import { errorLine, print, type Io } from './io.js';
import { parseCommandLine } from './parse.js';
import { RUN, type Options } from './run.js';
import { UsageError } from '../errors.js';
import { VERSION } from '../version.js';

export type { Options } from './run.js';

/**
 * The command `opau-gen`. Returns the exit code: 0 done, 1 failed, 2 wrong use.
 */
export async function main(argv: readonly string[], io: Io, options: Options = {}): Promise<number> {
  try {
    const { command, flags } = parseCommandLine(argv);
    if (flags.has('help')) {
      const { helpText } = await import('./help.js');
      await print(io, await helpText(command));
    } else if (flags.has('version')) {
      await print(io, `${VERSION}\n`);
    } else {
      return await RUN[command](flags, io, options);
    }
    return 0;
  } catch (error) {
    if (error instanceof UsageError) {
      await io.stderr.write(errorLine(error));
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
