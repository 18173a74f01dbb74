// What the package says of itself: judged by tools that know how others will read it.
import { fileURLToPath } from 'node:url';
import { expect, inject, it } from 'vitest';
import { run } from './run.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const bin = (name: string): string => `${root}node_modules/.bin/${name}`;

it('publint has nothing to say', async () => {
  expect(await run(root, bin('publint'), '--strict', inject('tarball'))).toContain('All good!');
});

it('the types are right wherever ESM is resolved (arethetypeswrong)', async () => {
  await run(root, bin('attw'), '--profile', 'esm-only', inject('tarball'));
});

it('holds what it promises, and nothing else', async () => {
  const paths = (await run(root, 'tar', '-tzf', inject('tarball'))).trim().split('\n');
  const folders = new Set(paths.map((path) => /^package\/(?:dist\/\w+\/|[\w.-]+)/.exec(path)![0]));
  expect([...folders].sort()).toEqual([
    'package/LICENSE',
    'package/README.md',
    'package/dist/compiler/',
    'package/dist/generated/',
    'package/dist/runtime/',
    'package/examples',
    'package/package.json',
  ]);
});
