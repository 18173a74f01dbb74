/**
 * Packs the WebGPU benchmark and the suite of devices for a machine with a graphics card and no network: Node itself, the
 * built package, and the packages that it needs. `npm run build && npm run bench:pack-gpu [FILE]` writes opau-gpu-bench.tar.gz; there,
 * `tar xzf opau-gpu-bench.tar.gz && ./opau-gpu-bench/run.sh` prints what failed, and the tables. It takes Linux of the same processor,
 * and a Vulkan driver with its loader (libvulkan.so.1).
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** Besides what the package depends on. */
const NEEDED = ['@tensorflow/tfjs-core', '@tensorflow/tfjs-layers', '@tensorflow/tfjs-backend-webgpu', 'webgpu'];
const RUN = `#!/bin/sh
# 1e8 elements take 4 GB of the card's memory.
cd "$(dirname "$0")" || exit
status=0
bin/node device-suite.js || status=1
bin/node dist/bench/compare.js webgpu 5 1e8 || status=1
bin/node dist/bench/sums.js webgpu || status=1
bin/node dist/bench/every-input.js webgpu 1e8 || status=1
exit $status
`;

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
}

const dependenciesOf = (folder: string): readonly string[] =>
  Object.keys((JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest).dependencies ?? {});

/** The packages, what the root depends on, and whatever they depend on, as far as it is installed at the top. */
function closure(names: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [...dependenciesOf(ROOT), ...names];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const folder = join(ROOT, 'node_modules', name);
    if (found.has(name) || !existsSync(folder)) continue;
    found.add(name);
    open.push(...dependenciesOf(folder));
  }
  return found;
}

const file = resolve(process.argv[2] ?? 'opau-gpu-bench.tar.gz');
const work = mkdtempSync(join(tmpdir(), 'opau-pack-'));
const folder = join(work, 'opau-gpu-bench');
mkdirSync(join(folder, 'bin'), { recursive: true });
cpSync(process.execPath, join(folder, 'bin/node'));
for (const path of ['package.json', 'dist']) cpSync(join(ROOT, path), join(folder, path), { recursive: true });
const otherPlatforms = new RegExp(`node_modules/webgpu/dist/(?!${process.platform}-${process.arch})[^/]+-`);
for (const name of closure(NEEDED)) {
  cpSync(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name), {
    recursive: true,
    filter: (path) => !otherPlatforms.test(path) && !path.endsWith('.map'),
  });
}
// The suite is not built: it runs in the sources.
const { module: suite } = await runnerImport<{ bundle(folder: string): Promise<void> }>(
  join(ROOT, 'test/devices/packed/bundle.ts'),
  { logLevel: 'error' },
);
await suite.bundle(folder);
writeFileSync(join(folder, 'run.sh'), RUN);
chmodSync(join(folder, 'run.sh'), 0o755);
execFileSync('tar', ['czf', file, '-C', work, 'opau-gpu-bench']);
rmSync(work, { recursive: true });
console.log(`wrote ${file}`);
