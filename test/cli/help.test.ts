import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { run } from './support.js';
import { families } from '../../compiler/bases/index.js';
import { COMMANDS } from '../../compiler/cli/commands.js';
import { FLAGS, spellings, type Flag } from '../../compiler/cli/flags.js';
import { targetNames } from '../../compiler/fit/targets.js';
import { DENOMINATORS } from '../../compiler/spec.js';
import { builtCommand } from '../support/built-command.js';

const command = builtCommand('help');

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

/** The modules that a run of the command loads: paths in its package, and names of other packages. */
function loadedBy(...argv: readonly string[]): readonly string[] {
  const script = (text: string): string => `data:text/javascript,${encodeURIComponent(text)}`;
  const hook = script(`import { writeSync } from 'node:fs';
    export const load = (url, context, next) => (writeSync(2, 'loads ' + url + '\\n'), next(url, context));`);
  const hooks = script(`import { register } from 'node:module'; register(${JSON.stringify(hook)});`);
  const { status, stderr } = spawnSync(process.execPath, ['--import', hooks, command, ...argv], { encoding: 'utf8' });
  expect(status).toBe(0);
  const own = [...stderr.matchAll(/^loads file:.*\/dist\/compiler\/(.*)$/gm)].map(([, path]) => path!);
  const packages = [...stderr.matchAll(/^loads file:.*\/node_modules\/((?:@[^/]*\/)?[^/]*)/gm)].map(
    ([, name]) => name!,
  );
  return [...own, ...new Set(packages)];
}

test('help and the version load names, not the compiler', () => {
  const version = loadedBy('--version');
  expect(version).toContain('cli/bin.js');
  const others = (loaded: readonly string[], known: RegExp): readonly string[] =>
    loaded.filter((path) => !known.test(path));
  const start =
    /^(?:cli\/(?:bin|main|io|commands|flags|parse|run)|did-you-mean|errors|version)\.js$|^fastest-levenshtein$/;
  expect(others(version, start)).toEqual([]);
  const names =
    /^cli\/help\.js$|names\.js$|^spec-options\.js$|^fit\/(?:target-table|elementary|published-targets)\.js$/;
  const bases = /^bases\/|^exact\/(?:parse|rational)\.js$|^fraction\.js$/;
  const help = others(others(loadedBy('--help'), start), names);
  expect(help).toContain('bases/hermite.js');
  expect(others(help, bases)).toEqual([]);
  // The hook sees what there is to see.
  expect(loadedBy('fit', '--basis', 'monomial', '--m', '1', '--n', '0')).toContain('spec.js');
});
