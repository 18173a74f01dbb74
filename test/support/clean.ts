import { rm } from 'node:fs/promises';

/** Emitted modules of earlier runs are of no use to anyone; the compiler's template may have changed since the last build. */
export async function setup(): Promise<void> {
  await rm(new URL('../.emitted/', import.meta.url), { recursive: true, force: true });
  await import(new URL('../../templates/embed.mjs', import.meta.url).href);
}
