import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { nameOf, TFJS, type CANDIDATES } from './backends.js';
import type { SelfTest } from './self-test.js';
import { ALLOWED_UNITS, units } from './units.js';

/** What decides how well a backend that works can work. */
export interface Traits {
  /** Of the engine: WebAssembly's vectors, and their fused multiply-add. */
  readonly simd?: boolean;
  readonly relaxedSimd?: boolean;
  /** Whether tensors lie on a graphics card, or a CPU plays one. */
  readonly gpu?: boolean;
  readonly software?: boolean;
}

/** What one backend turned out to be. */
export type Probe =
  | { readonly state: 'absent'; readonly missing: readonly string[] }
  | { readonly state: 'broken'; readonly reason: string }
  | { readonly state: 'works'; readonly found: string; readonly traits: Traits; readonly selfTest: SelfTest };

/**
 * Loads a backend from the project in `cwd`, and tries a generated layer on it. To be run in a process of its own: native
 * code may crash, and backends leave traces. Throws what the backend throws.
 */
export async function probe({ packages, name }: (typeof CANDIDATES)[number], cwd: string): Promise<Probe> {
  const project = createRequire(join(cwd, 'package.json'));
  const missing = [...TFJS, ...packages].filter((requirement) => !isInstalled(project, nameOf(requirement)));
  if (missing.length > 0) return { state: 'absent', missing };

  const load = (packageName: string): Promise<unknown> => import(pathToFileURL(project.resolve(packageName)).href);
  const { start } = await import('./start.js');
  const { found, traits } = await start(name, load, project);
  const { selfTest } = await import('./self-test.js');
  const result = await selfTest();
  const worst = Math.max(result.value, result.gradients);
  if (worst <= ALLOWED_UNITS) return { state: 'works', found, traits, selfTest: result };
  const errors = `values are off by ${units(result.value)}, gradients by ${units(result.gradients)}`;
  return {
    state: 'broken',
    reason: `${found} computes wrongly: ${errors} units of 2^-24, ${ALLOWED_UNITS} are allowed`,
  };
}

/** By its folder: a package that is there but does not load is not absent. */
function isInstalled(project: NodeJS.Require, packageName: string): boolean {
  return manifest(project, packageName) !== undefined;
}

/** The package.json of a package, also where its `exports` hide it. */
export function manifest(project: NodeJS.Require, packageName: string): { readonly version: string } | undefined {
  for (const folder of project.resolve.paths(packageName) ?? []) {
    const path = join(folder, packageName, 'package.json');
    try {
      return JSON.parse(readFileSync(path, 'utf8')) as { version: string };
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'ENOENT' && code !== 'ENOTDIR') throw error;
    }
  }
  return undefined;
}
