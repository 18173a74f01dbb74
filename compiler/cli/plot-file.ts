import { basename, dirname, resolve } from 'node:path';
import type { FlagValues } from './flags.js';
import type { Io } from './io.js';
import { checkDirectory, writeFiles, type Directory } from './write.js';
import type { Fit } from '../fit/index.js';
import type { Spec } from '../spec.js';

/** The picture that `--plot` asks for. */
export interface PlotFile {
  readonly directory: Directory;
  readonly name: string;
}

/** Where `--plot` writes to, looked at before anything is computed. Throws UsageError. */
export async function plotFile(flags: FlagValues, io: Io): Promise<PlotFile | undefined> {
  const shown = flags.get('plot');
  if (shown === undefined) return undefined;
  const directory = { path: dirname(resolve(io.cwd, shown)), shown, origin: `--plot "${shown}"` };
  await checkDirectory(io.fs, directory);
  return { directory, name: basename(shown) };
}

/** Draws a fit. Throws UsageError where the system refuses. */
export async function writePlot({ directory, name }: PlotFile, spec: Spec, fit: Fit, io: Io): Promise<void> {
  const { drawFit } = await import('../drawing/fit.js');
  await writeFiles(io.fs, [{ directory, files: new Map([[name, drawFit(spec, fit)]]) }]);
}
