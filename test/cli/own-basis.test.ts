// Modules on a basis of a config's own say by which command they are made again.
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { emptyDirectory, project, run } from './support.js';
import { withConfig, withoutConfig } from '../../compiler/cli/own-basis.js';
import { arithmeticOnly } from '../support/emit.js';

const options = { stages: arithmeticOnly };
const CONFIG = {
  bases: { mine: { a: '(2*k+1)/(k+1)', c: 'k/(k+1)' } },
  activations: [
    { basis: 'mine', m: 1, n: 0 },
    { basis: 'legendre', m: 1, n: 1 },
  ],
};
const FILE = 'generated/mine-1-0.ts';
const commandIn = (text: string): string => /^\/\/ command: npx opau-gen ?(.*)$/m.exec(text)![1]!;

test.each([
  ['opau.config.json', ['--config', 'opau.config.json'], '--config opau.config.json'],
  ['my.json', ['--config', 'my.json'], '--config my.json'],
  ["it's mine.json", ['--config', "it's mine.json"], "--config 'it'\\''s mine.json'"],
])('%s: the command of the header makes the file again', async (name, argv, shown) => {
  const cwd = project({ [name]: CONFIG });
  expect((await run(argv, { cwd, options })).code).toBe(0);
  const text = readFileSync(join(cwd, FILE), 'utf8');
  expect(commandIn(text)).toBe(shown);
  rmSync(join(cwd, FILE));
  // The words that a shell makes of it.
  expect((await run(argv, { cwd, options })).code).toBe(0);
  expect(readFileSync(join(cwd, FILE), 'utf8')).toBe(text);
  expect(commandIn(readFileSync(join(cwd, 'generated/legendre-1-1.ts'), 'utf8'))).toBe('--basis legendre --m 1 --n 1');
});

test('the file is the same from wherever the command runs', async () => {
  const cwd = project({ 'a/my.json': CONFIG });
  expect((await run('--config a/my.json', { cwd, options })).code).toBe(0);
  expect(commandIn(readFileSync(join(cwd, 'a', FILE), 'utf8'))).toBe('--config my.json');
  expect((await run('--config my.json --check', { cwd: join(cwd, 'a'), options })).stderr).toMatch(/^up to date/);
  expect((await run('--config a/my.json --check', { cwd, options })).stderr).toMatch(/^up to date/);
});

test('what the cache remembers is the text that the compiler made', () => {
  const text = '// Code\n// command: npx opau-gen\nrest\n';
  const [one, two] = ['/a/one.json', '/b/two.json'].map((path) => ({ path, shown: 'x' }));
  const named = withConfig(text, one);
  expect(named).toBe('// Code\n// command: npx opau-gen --config one.json\nrest\n');
  expect(withoutConfig(named, one)).toBe(text);
  for (const config of [two, undefined]) expect(withoutConfig(named, config)).toBe(named);
  expect(withoutConfig(text, one)).toBe(text);
  expect(withConfig(text, undefined)).toBe(text);
});

test('a file that names another config is stale, even where its text is remembered', async () => {
  const cwd = project({ 'one.json': { ...CONFIG, activations: CONFIG.activations.slice(0, 1) } });
  const world = { cwd, env: { XDG_CACHE_HOME: emptyDirectory() } };
  expect((await run('--config one.json', world)).stderr).toMatch(/^wrote/);
  expect((await run('--config one.json --check', world)).stderr).toMatch(/^up to date/);
  renameSync(join(cwd, 'one.json'), join(cwd, 'two.json'));
  const { code, stdout } = await run('--config two.json --check', world);
  expect([code, stdout.match(/^[-+]\/\/.*$/gm)]).toEqual([
    1,
    ['-// command: npx opau-gen --config one.json', '+// command: npx opau-gen --config two.json'],
  ]);
  expect((await run('--config two.json', world)).stderr).toMatch(/^wrote/);
  expect((await run('--config two.json --check', world)).stderr).toMatch(/^up to date/);
});

test('a frozen layer beside the files of a config is none that is extra', async () => {
  const cwd = project({ 'opau.config.json': CONFIG });
  await run('', { cwd, options });
  writeFileSync(
    join(cwd, 'trained.json'),
    JSON.stringify({ spec: { basis: 'mine', m: 1, n: 0, denominator: 'sum-abs' }, sets: [], c: [1, 2], d: [] }),
  );
  expect((await run('freeze --coefficients trained.json --name Gate', { cwd, options })).code).toBe(0);
  expect((await run('--check', { cwd, options })).stderr).toMatch(/^up to date/);
  writeFileSync(join(cwd, 'generated/old.ts'), readFileSync(join(cwd, FILE), 'utf8'));
  expect((await run('--check', { cwd, options })).stderr).toMatch(/^extra +generated\/old\.ts/);
});
