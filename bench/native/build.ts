import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FLAGS = ['-std=gnu11', '-O3', '-msse4.1', '-ffast-math'];

/** The C program of this folder, compiled; undefined where there is no compiler. */
export function buildNative(): { readonly path: string; readonly remove: () => void } | undefined {
  try {
    execFileSync('cc', ['--version'], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  const folder = mkdtempSync(join(tmpdir(), 'opau-native-'));
  const root = fileURLToPath(new URL('../../../bench/native/', import.meta.url));
  const path = `${folder}/native`;
  execFileSync('cc', [...FLAGS, '-o', path, `${root}main.c`, `${root}kernels.c`, '-lm']);
  return { path, remove: () => rmSync(folder, { recursive: true }) };
}
