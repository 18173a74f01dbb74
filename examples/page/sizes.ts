import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** What a visitor loads of the built page: each file's bytes, as they are and as gzip, largest last. */
export function sizes(folder: string): string {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .map((name) => {
      const bytes = readFileSync(join(folder, name));
      return { name, size: bytes.length, packed: gzipSync(bytes, { level: 9 }).length };
    })
    .sort((one, other) => one.size - other.size);
  const kilo = (bytes: number): string => (bytes / 1000).toFixed(1).padStart(9);
  return [
    `${'kB'.padStart(9)}${'gzip kB'.padStart(9)}`,
    ...files.map(({ name, size, packed }) => `${kilo(size)}${kilo(packed)}  ${name}`),
  ].join('\n');
}
