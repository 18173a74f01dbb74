import { createHash, randomUUID } from 'node:crypto';
import { isAbsolute, join } from 'node:path';
import { fingerprint } from './fingerprint.js';
import type { Io } from './io.js';
import { specHash } from '../emit/identity.js';
import type { Spec } from '../spec.js';

/**
 * What this very compiler has made, fitted and verified of which spec before: not the texts, only their hashes. It tells
 * that a file needs no second look; a spec that it does not know is compiled. It lies in the user's cache directory, not in
 * the project: `--check` writes nothing there.
 */
export interface Cache {
  /** Whether `text` is what the compiler makes of the spec; undefined where that is not known. */
  matches(spec: Spec, text: string): boolean | undefined;
  add(spec: Spec, text: string): void;
  save(): Promise<void>;
}

/** Remembers nothing: for compilers with planted faults, and users without a cache directory. */
export const NO_CACHE: Cache = { matches: () => undefined, add: () => {}, save: async () => {} };

export async function openCache({ env, fs }: Io): Promise<Cache> {
  const directory = cacheDirectory(env, process.platform);
  if (directory === undefined) return NO_CACHE;
  const path = join(directory, `${fingerprint()}.json`);
  const known = new Map(parse(await fs.readFile(path, 'utf8').catch(() => '')));
  let isNew = false;
  return {
    matches(spec, text) {
      const hash = known.get(specHash(spec));
      return hash === undefined ? undefined : hash === hashOf(text);
    },
    add(spec, text) {
      known.set(specHash(spec), hashOf(text));
      isNew = true;
    },
    async save() {
      if (!isNew) return;
      const temporary = `${path}.${randomUUID()}`;
      try {
        await fs.mkdir(directory, { recursive: true });
        await fs.writeFile(temporary, JSON.stringify(Object.fromEntries(known)));
        await fs.rename(temporary, path);
        isNew = false;
      } catch {
        // A full or read-only home costs time in the next run, and nothing else.
        await fs.rm(temporary, { force: true }).catch(() => {});
      }
    },
  };
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Whatever is not what `save` writes counts as not known. */
function parse(text: string): readonly (readonly [spec: string, hash: string])[] {
  try {
    const value: unknown = JSON.parse(text);
    const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
    return entries.filter((entry): entry is [string, string] => /^[0-9a-f]{64}$/.test(String(entry[1])));
  } catch {
    return [];
  }
}

/** The place that each system has for it; undefined where the environment names none. */
export function cacheDirectory(env: Io['env'], platform: NodeJS.Platform): string | undefined {
  const { XDG_CACHE_HOME: xdg, LOCALAPPDATA: local, HOME: home } = env;
  const base =
    xdg !== undefined && isAbsolute(xdg)
      ? xdg
      : platform === 'win32'
        ? local
        : home && join(home, platform === 'darwin' ? 'Library/Caches' : '.cache');
  return base ? join(base, 'opau') : undefined;
}
