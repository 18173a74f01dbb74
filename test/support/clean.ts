import { rm } from 'node:fs/promises';

/** Emitted modules of earlier runs are of no use to anyone. */
export async function setup(): Promise<void> {
  await rm(new URL('../.emitted/', import.meta.url), { recursive: true, force: true });
}
