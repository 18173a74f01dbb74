import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { run } from './support.js';
import { families } from '../../compiler/bases/index.js';
import { COMMANDS } from '../../compiler/cli/commands.js';
import { FLAGS, spellings, type Flag } from '../../compiler/cli/flags.js';
import { targetNames } from '../../compiler/fit/targets.js';
import { DENOMINATORS } from '../../compiler/spec.js';

test('help names every flag with its default and its choices, and goes to stdout', async () => {
  const { code, stdout, stderr } = await run('--help');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const all = (await Promise.all(COMMANDS.map(({ name }) => run(`${name} --help`))))
    .map((help) => help.stdout)
    .join('');
  for (const flag of FLAGS as readonly Flag[]) {
    for (const spelling of spellings(flag)) expect(all).toContain(spelling);
    if (flag.default !== undefined) expect(all).toContain(`default ${flag.default}\n`);
  }
  const words = stdout.split(/[\s,]+/);
  for (const { name } of families) expect(words).toContain(name);
  for (const name of [...DENOMINATORS, ...targetNames]) expect(words).toContain(name);
  for (const { name, summary } of COMMANDS) expect(stdout.replace(/\s+/g, ' ')).toContain(`${name} ${summary}`);
  expect(stdout.match(/^ {2}npx opau-gen --/gm)!.length).toBeGreaterThan(3);
  expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
});

test('-h is --help, and help wins over what is missing', async () => {
  const { stdout } = await run('--help');
  expect(await run('-h')).toEqual({ code: 0, stdout, stderr: '' });
  expect(await run('--basis hermit -h')).toEqual({ code: 0, stdout, stderr: '' });
});

test('the version is the package’s', async () => {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  expect(await run('--version')).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
});
