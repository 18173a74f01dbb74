import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** By its folder: a package that is there but does not load is not absent. */
export function isInstalled(project: NodeJS.Require, packageName: string): boolean {
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
