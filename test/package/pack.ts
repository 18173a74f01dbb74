import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { run } from './run.js';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The packed package. */
    tarball: string;
    /** An empty folder outside the repository. */
    folder: string;
  }
}

/** A folder for temporary files in whose reach no packages lie: Node looks for them in every folder above. */
function lonelyParent(): string {
  const isLonely = (folder: string): boolean =>
    !existsSync(join(folder, 'node_modules')) && (dirname(folder) === folder || isLonely(dirname(folder)));
  const candidates = [tmpdir(), '/var/tmp', homedir()];
  const found = candidates.find(isLonely);
  if (found === undefined)
    throw new Error(`no place for an empty project: there are packages above ${candidates.join(', ')}`);
  return found;
}

/** Builds and packs, once for all checks. */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const folder = await mkdtemp(join(lonelyParent(), 'opau-release-'));
  await run(root, 'npm', 'run', 'build');
  const packed = await run(root, 'npm', 'pack', '--json', '--ignore-scripts', '--pack-destination', folder);
  const [{ filename }] = JSON.parse(packed) as [{ filename: string }];
  provide('folder', folder);
  provide('tarball', join(folder, filename));
  return () => rm(folder, { recursive: true, force: true });
}
