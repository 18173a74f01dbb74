// The command itself: real processes on backends that are there, that are not, and that fail. Cures have tests of their own.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { emptyDirectory, everythingIn, run, type Run } from './support.js';
import { builtCommand } from '../support/built-command.js';

const modules = fileURLToPath(new URL('../../node_modules/', import.meta.url));
const command = builtCommand('doctor');

/** A place from which Node finds no packages: some other program's may lie in the usual one for temporary files. */
const bare = [tmpdir(), '/var/tmp', '/dev/shm'].find(
  (path) =>
    existsSync(path) &&
    !createRequire(`${path}/x.js`)
      .resolve.paths('x')!
      .some((folder) => existsSync(folder)),
);

/** A project with some packages of this one, and some of its own: the text of their only module. */
function projectWith(installed: readonly string[], own: Readonly<Record<string, string>> = {}): string {
  if (bare === undefined) throw new Error('every directory for temporary files sees a node_modules');
  const cwd = emptyDirectory(bare);
  for (const name of installed) {
    const path = join(cwd, 'node_modules', name);
    mkdirSync(dirname(path), { recursive: true });
    symlinkSync(join(modules, name), path);
  }
  for (const [name, text] of Object.entries(own)) {
    const path = join(cwd, 'node_modules', name);
    mkdirSync(path, { recursive: true });
    writeFileSync(join(path, 'package.json'), JSON.stringify({ name, version: '4.22.0', main: 'index.cjs' }));
    writeFileSync(join(path, 'index.cjs'), text);
  }
  return cwd;
}

/** Runs the command in a process, which must leave the project as it is. */
function doctor(cwd: string, ...args: readonly string[]): Run {
  const before = everythingIn(cwd);
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, 'doctor', ...args], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '', NODE_PATH: '' },
  });
  expect(everythingIn(cwd)).toEqual(before);
  return { code: status!, stdout, stderr };
}

const TFJS = ['@tensorflow/tfjs-core', '@tensorflow/tfjs-layers', '@tensorflow/tfjs-backend-cpu'];

describe('opau-gen doctor', () => {
  test('where backends work: exit 0, and a report on stdout of all that Node can have', () => {
    const { code, stdout, stderr } = doctor(projectWith([...TFJS, '@tensorflow/tfjs-backend-wasm']));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.match(/^\S+ +(?:works|absent|broken)/gm)!.map((line) => line.split(/ +/))).toEqual([
      ['cpu', 'works'],
      ['wasm', 'works'],
      ['webgpu', 'absent'],
      ['tfjs-node', 'absent'],
      ['tfjs-node-gpu', 'absent'],
    ]);
    expect(
      stdout.match(/^ +test +value off by [\d.]+, gradients by [\d.]+ units of 2\^-24 \(32 allowed\)/gm),
    ).toHaveLength(2);
    expect(stdout).toMatch(/^webgpu +absent +npm install webgpu@0\.6\.2 @tensorflow\/tfjs-backend-webgpu@4\.22\.0$/m);
    expect(stdout).toMatch(/\n\nWorks here: cpu, wasm\. webgl runs in browsers only\.\n$/);
  });

  test('where none is installed: exit 1, and how to install each', () => {
    const { code, stdout, stderr } = doctor(projectWith([]));
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toMatch(/^cpu +absent +npm install @tensorflow\/tfjs-core@4\.22\.0 /);
    expect(stdout.match(/ absent /g)).toHaveLength(5);
    expect(stdout).toMatch(/\n\nNo backend works here\. webgl runs in browsers only\.\n$/);
  });

  test('where an installed one does not start: exit 1, its own words, a cure, and no stack', () => {
    const wasm = "console.error('libfoo.so.1: cannot open'); throw new Error('it cannot start');";
    const { code, stdout, stderr } = doctor(projectWith(TFJS, { '@tensorflow/tfjs-backend-wasm': wasm }));
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toMatch(/^wasm +broken +it cannot start\n +> libfoo\.so\.1: cannot open\n +cure +\S/m);
    expect(stdout).toMatch(/\n\nWorks here: cpu\. Broken: wasm\. webgl runs in browsers only\.\n$/);
    expect(stdout).not.toMatch(/^ *at /m);
  });

  test('where one ends its process: the others are tried all the same', () => {
    const { code, stdout } = doctor(projectWith(TFJS, { '@tensorflow/tfjs-backend-wasm': 'process.abort();' }));
    expect(code).toBe(1);
    expect(stdout).toMatch(/^wasm +broken +its process ended with signal SIGABRT$/m);
    expect(stdout).toMatch(/^tfjs-node-gpu +absent/m);
  });

  test('--help and --version ask no backend', async () => {
    const { code, stdout, stderr } = doctor(projectWith([]), '--help');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^Usage: opau-gen doctor \[options\]\n/);
    expect(stdout).toContain('says which tfjs backends run generated layers here, and what mends the others');
    expect(stdout.match(/^ {2}-.*$/gm)!.map((line) => line.trim().split(/ {2,}/)[0])).toEqual([
      '-h, --help',
      '--version',
    ]);
    expect(await run('doctor -h')).toEqual({ code, stdout, stderr });
    expect(await run('doctor --version')).toEqual(await run('--version'));
  });

  test.each([
    ['doctor --basis hermite', '--basis is not for opau-gen doctor: it belongs to opau-gen generate and opau-gen fit'],
    ['doctor --json', '--json is not for opau-gen doctor: it belongs to opau-gen fit'],
    ['doctor --versoin', 'unknown flag "--versoin": did you mean "--version"?'],
    ['doctor wasm', 'unexpected argument "wasm": a value follows its flag, as in --basis hermite'],
    ['docter', 'unexpected argument "docter": did you mean "doctor"?'],
  ])('wrong use is one line, and asks no backend: %s', async (argv, line) => {
    expect(await run(argv)).toEqual({ code: 2, stdout: '', stderr: `opau-gen: ${line}\n` });
  });
});
