import { cp, readdir, readFile, writeFile } from 'node:fs/promises';

/** Takes from a worker what training would run on, as an old browser lacks it. */
const PRELUDE = `
Object.defineProperty(navigator, 'gpu', { value: undefined });
delete globalThis.OffscreenCanvas;
delete globalThis.WebAssembly;
`;

/** A copy of the built page whose training worker finds nothing but the CPU. Throws an Error where it finds no worker. */
export async function withoutHardware(from: string, to: string): Promise<void> {
  await cp(from, to, { recursive: true });
  const names = (await readdir(`${to}/assets`)).filter((name) => /^worker-.*\.js$/.test(name));
  let changed = 0;
  for (const name of names) {
    const text = await readFile(`${to}/assets/${name}`, 'utf8');
    if (!text.includes('requestAdapter')) continue;
    await writeFile(`${to}/assets/${name}`, `${PRELUDE}${text}`);
    changed++;
  }
  if (changed !== 1) throw new Error(`${changed} of the workers ${names.join(', ')} look for a graphics card`);
}
