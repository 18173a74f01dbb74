import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { emptyDirectory, everythingIn, project, refusal, run } from './support.js';
import { arithmeticOnly } from '../support/emit.js';
import { cacheDirectory } from '../../compiler/cli/cache.js';
import { fingerprint } from '../../compiler/cli/fingerprint.js';

const options = { stages: arithmeticOnly };
const CONFIG = {
  activations: [
    { basis: 'monomial', m: 1, n: 0 },
    { basis: 'legendre', m: 1, n: 1, out: "it's here" },
  ],
};
const FIRST = 'generated/monomial-1-0.ts';
const SECOND = "it's here/legendre-1-1.ts";

/** A project whose files are up to date. */
async function fresh(): Promise<string> {
  const cwd = project({ 'opau.config.json': CONFIG });
  await run('', { cwd, options });
  return cwd;
}

/** What every file below holds. */
const contents = (cwd: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(cwd, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => [join(parentPath, name), readFileSync(join(parentPath, name), 'utf8')]),
  );

/** Runs `--check`, which must change nothing. */
async function check(cwd: string, argv = '--check') {
  const before = contents(cwd);
  const result = await run(argv, { cwd, options });
  expect(contents(cwd)).toEqual(before);
  return result;
}

describe('--check of a config', () => {
  test('files that are up to date', async () => {
    expect(await check(await fresh())).toEqual({
      code: 0,
      stdout: '',
      stderr: `up to date  ${FIRST}, ${SECOND}\n`,
    });
  });

  test('missing, stale and extra files, a patch that mends the stale ones, and the command that mends all', async () => {
    const cwd = await fresh();
    const right = readFileSync(join(cwd, SECOND), 'utf8');
    rmSync(join(cwd, FIRST));
    writeFileSync(join(cwd, SECOND), right.replace('n: 1,', 'n: 7,').replace('const c0', 'const c9'));
    writeFileSync(join(cwd, 'generated/old.ts'), right);
    writeFileSync(join(cwd, 'generated/mine.ts'), 'export {};\n');
    const { code, stdout, stderr } = await check(cwd);
    expect(code).toBe(1);
    expect(stderr).toBe(
      `missing     ${FIRST}: it has not been generated\n` +
        `stale       ${SECOND}: it is not what opau-gen makes\n` +
        'extra       generated/old.ts: no entry of opau.config.json makes it\n' +
        'to mend     npx opau-gen && rm generated/old.ts\n',
    );
    expect(stdout).toMatch(
      /^--- it's here\/legendre-1-1\.ts\t\n\+\+\+ it's here\/legendre-1-1\.ts\t\n@@ -\d+,\d+ \+\d+,\d+ @@\n/,
    );
    expect(stdout.split('\n').filter((line) => /^[-+](?![-+])/.test(line))).toEqual([
      '-  n: 7,',
      '+  n: 1,',
      expect.stringMatching(/^- {2}const c9/),
      expect.stringMatching(/^\+ {2}const c0/),
    ]);
    execFileSync('patch', ['-p0'], { cwd, input: stdout });
    expect(readFileSync(join(cwd, SECOND), 'utf8')).toBe(right);

    // The command mends it, but for the file to be removed.
    await run('', { cwd, options });
    rmSync(join(cwd, 'generated/old.ts'));
    expect((await check(cwd)).code).toBe(0);
  });

  test('an extra file alone, and a config that is not the default', async () => {
    const cwd = await fresh();
    writeFileSync(join(cwd, "it's here", 'old.ts'), readFileSync(join(cwd, FIRST)));
    expect((await check(cwd)).stderr).toMatch(/^to mend {5}rm 'it'\\''s here\/old\.ts'$/m);
    writeFileSync(join(cwd, 'other config.json'), JSON.stringify({ activations: [{ basis: 'monomial', m: 2, n: 0 }] }));
    const { code, stderr } = await run(['--check', '--config', 'other config.json'], { cwd, options });
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^to mend {5}npx opau-gen --config 'other config\.json' && rm generated\/monomial-1-0\.ts$/m,
    );
  });

  test('a file that differs in its line ends, or throughout', async () => {
    const cwd = await fresh();
    const right = readFileSync(join(cwd, FIRST), 'utf8');
    writeFileSync(join(cwd, FIRST), right.replaceAll('\n', '\r\n'));
    expect((await check(cwd)).stderr).toContain('its lines end in CR LF, not in LF: see core.autocrlf in git');
    writeFileSync(join(cwd, FIRST), Array.from({ length: 4000 }, (_, i) => `line ${i}`).join('\n'));
    const { code, stdout } = await check(cwd);
    expect(code).toBe(1);
    execFileSync('patch', ['-p0'], { cwd, input: stdout });
    expect(readFileSync(join(cwd, FIRST), 'utf8')).toBe(right);
  });

  test('a file that cannot be read', async () => {
    const cwd = await fresh();
    const readFile = ((path: string, ...rest: unknown[]) =>
      String(path).endsWith('.ts') ? refusal('EACCES')() : readFileSync(path, ...(rest as ['utf8']))) as never;
    const readable = async (...args: [string, 'utf8']) => (readFile as (...a: unknown[]) => unknown)(...args);
    expect(await run('--check', { cwd, options, fs: { readFile: readable as never } })).toEqual({
      code: 2,
      stdout: '',
      stderr: `opau-gen: cannot read ${FIRST}: permission denied (EACCES)\n`,
    });
  });

  test('colours its diff only where it is asked to', async () => {
    const cwd = await fresh();
    writeFileSync(join(cwd, FIRST), `${readFileSync(join(cwd, FIRST), 'utf8')}// more\n`);
    const escapes = async (env: Record<string, string>, isTTY = false): Promise<boolean> =>
      (await run('--check', { cwd, options, env, isTTY })).stdout.includes('\u001b[31m-// more\u001b[39m');
    expect(await escapes({})).toBe(false);
    expect(await escapes({}, true)).toBe(true);
    expect(await escapes({ FORCE_COLOR: '1' })).toBe(true);
    expect(await escapes({ FORCE_COLOR: '1', NO_COLOR: '1' }, true)).toBe(false);
  });
});

test('--check of one activation on flags leaves all other files alone', async () => {
  const cwd = project({ 'src/other.ts': '// Code generated by opau-gen 0.0.0. DO NOT EDIT.\n' });
  const request = '--basis laguerre --m 1 --n 0 --target-function "2*x"'
    .split(' ')
    .map((word) => word.replaceAll('"', ''));
  const argv = [...request, '--out', 'src'];
  expect(await run([...argv, '--check'], { cwd, options })).toEqual({
    code: 1,
    stdout: '',
    stderr:
      'missing     src/laguerre-1-0.ts: it has not been generated\n' +
      'to mend     npx opau-gen --basis laguerre --m 1 --n 0 --target-function "2 * x" --out src\n',
  });
  expect(everythingIn(cwd)).toEqual(['src', 'src/other.ts']);
  await run(argv, { cwd, options });
  expect(await run([...argv, '--check'], { cwd, options })).toEqual({
    code: 0,
    stdout: '',
    stderr: 'up to date  src/laguerre-1-0.ts\n',
  });
});

describe('what the cache knows', () => {
  const config = { activations: [{ basis: 'monomial', m: 1, n: 0 }] };
  const setUp = async () => {
    const cwd = project({ 'opau.config.json': config });
    const env = { XDG_CACHE_HOME: emptyDirectory() };
    await run('', { cwd, env });
    const [name, ...others] = readdirSync(join(env.XDG_CACHE_HOME, 'opau'));
    expect(others).toEqual([]);
    const path = join(env.XDG_CACHE_HOME, 'opau', name!);
    return { cwd, env, path, file: join(cwd, FIRST) };
  };

  test('spares a second look, and an edited file is found', async () => {
    const { cwd, env, path, file } = await setUp();
    const text = readFileSync(file, 'utf8');
    expect((await run('--check', { cwd, env })).code).toBe(0);
    writeFileSync(file, text.replace('m: 1', 'm: 2'));
    const { code, stdout } = await run('--check', { cwd, env });
    expect(code).toBe(1);
    expect(stdout).toContain('-  m: 2,\n+  m: 1,\n');

    // That it is asked at all: told that another text is right, it believes so.
    const [[spec]] = Object.entries(JSON.parse(readFileSync(path, 'utf8')) as object) as [[string, string]];
    const { createHash } = await import('node:crypto');
    writeFileSync(path, JSON.stringify({ [spec]: createHash('sha256').update('as planted').digest('hex') }));
    writeFileSync(file, 'as planted');
    expect((await run('--check', { cwd, env })).code).toBe(0);
  });

  test.each(['', '{', 'null', '[]', '{"sha256:0":"no hash"}', '{"sha256:0":5}'])(
    '%j as its file counts as nothing',
    async (text) => {
      const { cwd, env, path } = await setUp();
      const right = readFileSync(path, 'utf8');
      writeFileSync(path, text);
      expect((await run('--check', { cwd, env })).code).toBe(0);
      expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject(JSON.parse(right) as object);
    },
  );

  test('a cache that cannot be written is done without', async () => {
    const { cwd, file } = await setUp();
    const env = { XDG_CACHE_HOME: file };
    expect(await run('--check', { cwd, env })).toMatchObject({ code: 0, stderr: `up to date  ${FIRST}\n` });
  });

  test('another compiler or version has another fingerprint', () => {
    const root = project({ 'package.json': '{}', 'dist/a.js': '1', 'dist/b/c.js': '2' });
    const of = (): string => fingerprint(join(root, 'dist'), join(root, 'package.json'));
    const seen = new Set([of()]);
    expect(seen.has(of())).toBe(true);
    for (const name of ['package.json', 'dist/a.js', 'dist/b/c.js', 'dist/new.js']) {
      writeFileSync(join(root, name), 'changed');
      expect(seen.has(of()), name).toBe(false);
      seen.add(of());
    }
    // What decides nothing.
    writeFileSync(join(root, 'dist/a.d.ts'), 'changed');
    mkdirSync(join(root, 'dist/empty'));
    expect(seen.has(of())).toBe(true);
  });

  test('where it lies', () => {
    expect(cacheDirectory({ XDG_CACHE_HOME: '/x', HOME: '/h' }, 'linux')).toBe('/x/opau');
    expect(cacheDirectory({ XDG_CACHE_HOME: 'relative', HOME: '/h' }, 'linux')).toBe('/h/.cache/opau');
    expect(cacheDirectory({ HOME: '/h' }, 'darwin')).toBe('/h/Library/Caches/opau');
    expect(cacheDirectory({ LOCALAPPDATA: '/l' }, 'win32')).toBe('/l/opau');
    expect(cacheDirectory({}, 'linux')).toBeUndefined();
  });
});
