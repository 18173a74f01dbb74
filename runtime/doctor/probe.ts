import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { nameOf, TFJS, type CANDIDATES } from './backends.js';
import { isInstalled } from './manifest.js';
import type { SelfTest } from './self-test.js';
import type { Traits } from './traits.js';
import { ALLOWED_UNITS, units } from './units.js';

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
