import { spawn } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { emptyDirectory, everythingIn, project, runAside } from './support.js';
import { generate } from '../../compiler/generate.js';
import { defineSpec } from '../../compiler/spec.js';
import { builtCommand } from '../support/built-command.js';
import { arithmeticOnly } from '../support/emit.js';

const options = { stages: arithmeticOnly };
const config = (m: number): string => `export default { activations: [{ basis: 'monomial', m: ${m}, n: 0 }] };`;

test('--watch generates again at each change, says what is wrong with a bad config, and ends with 0 at Ctrl-C', async () => {
  const cwd = project({
    'opau.config.ts':
      "import { m } from './degree.js';\nexport default { activations: [{ basis: 'monomial', m, n: 0 }] };",
    'degree.ts': 'export const m = 1;',
  });
  const controller = new AbortController();
  onTestFinished(() => controller.abort());
  const { said, ended } = runAside('--watch', { cwd, options, interrupt: controller.signal });
  const files = (): string[] => everythingIn(cwd).filter((name) => name.startsWith('generated/'));
  /** Once it waits for the next change, for the n-th time. */
  const waits = (times: number): Promise<void> =>
    vi.waitFor(() => expect(said.stderr.match(/^watching/gm)?.length).toBeGreaterThanOrEqual(times), 30_000);

  await waits(1);
  expect(files()).toEqual(['generated/monomial-1-0.ts']);

  writeFileSync(join(cwd, 'degree.ts'), 'export const m = 2;');
  await waits(2);
  expect(files()).toEqual(['generated/monomial-1-0.ts', 'generated/monomial-2-0.ts']);
  expect(said.stderr).toContain(
    'extra       generated/monomial-1-0.ts: no entry of opau.config.ts makes it; remove it\n',
  );

  writeFileSync(join(cwd, 'opau.config.ts'), config(99));
  await waits(3);
  expect(said.stderr).toContain('opau-gen: opau.config.ts: activations[0].m is "99": the degree must be');

  rmSync(join(cwd, 'opau.config.ts'));
  await waits(4);
  expect(said.stderr).toContain('opau-gen: cannot read opau.config.ts: no such file or directory (ENOENT)\n');

  writeFileSync(join(cwd, 'opau.config.ts'), config(3));
  await vi.waitFor(() => expect(files()).toContain('generated/monomial-3-0.ts'), 30_000);

  controller.abort();
  expect(await ended).toBe(0);
  expect(said.stdout).toBe('');
});

describe('as a process of its own', () => {
  const command = builtCommand('watch');
  const configOf = (degrees: readonly number[]): string =>
    JSON.stringify({ activations: degrees.map((m) => ({ basis: 'monomial', m, n: 0 })) });
  const moduleOf = (m: number): string => [...generate(defineSpec({ basis: 'monomial', m, n: 0 })).files.values()][0]!;

  /** What it has said so far, and how it ends. */
  function watch(cwd: string) {
    const child = spawn(process.execPath, [command, '--watch'], {
      cwd,
      env: { ...process.env, NODE_OPTIONS: '', XDG_CACHE_HOME: emptyDirectory() },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    const said = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) child[name].on('data', (text) => (said[name] += String(text)));
    const ended = new Promise((resolve) => child.on('close', (code, signal) => resolve({ code, signal })));
    const waits = (times: number): Promise<void> =>
      vi.waitFor(() => expect(said.stderr.match(/^watching/gm)?.length).toBe(times), { timeout: 30_000, interval: 20 });
    return { child, said, ended, waits };
  }

  test.each(['SIGINT', 'SIGTERM'] as const)('%s while it waits: exit 0, whole files, no stack', async (signal) => {
    const cwd = project({ 'opau.config.json': configOf([1]) });
    const { child, said, ended, waits } = watch(cwd);
    await waits(1);
    expect(readFileSync(join(cwd, 'generated/monomial-1-0.ts'), 'utf8')).toBe(moduleOf(1));

    writeFileSync(join(cwd, 'opau.config.json'), configOf([1, 2]));
    await waits(2);
    expect(readFileSync(join(cwd, 'generated/monomial-2-0.ts'), 'utf8')).toBe(moduleOf(2));

    child.kill(signal);
    expect(await ended).toEqual({ code: 0, signal: null });
    expect(everythingIn(cwd)).toEqual([
      'generated',
      'generated/monomial-1-0.ts',
      'generated/monomial-2-0.ts',
      'opau.config.json',
    ]);
    expect(said.stdout).toBe('');
    expect(said.stderr.replace(/\d+\.\d kB/g, '# kB')).toBe(
      'wrote       generated/monomial-1-0.ts (# kB): Pade1x0\n' +
        'watching    opau.config.json: Ctrl-C ends it\n' +
        'wrote       generated/monomial-2-0.ts (# kB): Pade2x0\n' +
        'unchanged   1 of 2 files\n' +
        'watching    opau.config.json: Ctrl-C ends it\n',
    );
  });

  test('SIGINT while it compiles: exit 0, and nothing of what is not done', async () => {
    const cwd = project({ 'opau.config.json': configOf([1]) });
    const { child, said, ended, waits } = watch(cwd);
    await waits(1);
    const before = said.stderr;

    // Seconds of work, of which a part is done when the signal comes.
    writeFileSync(join(cwd, 'opau.config.json'), configOf(Array.from({ length: 32 }, (_, i) => i + 1)));
    await new Promise((resolve) => setTimeout(resolve, 500));
    child.kill('SIGINT');
    expect(await ended).toEqual({ code: 0, signal: null });
    expect(everythingIn(cwd)).toEqual(['generated', 'generated/monomial-1-0.ts', 'opau.config.json']);
    expect(readFileSync(join(cwd, 'generated/monomial-1-0.ts'), 'utf8')).toBe(moduleOf(1));
    expect(said).toEqual({ stdout: '', stderr: before });
  });
});
