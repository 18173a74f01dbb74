#!/usr/bin/env node
/**
 * Installs @tensorflow/tfjs-node without its download of libtensorflow 2.9.1: the library and its C headers are taken
 * from TensorFlow's Python wheel instead, and the addon is compiled against them. Linux; docs/tfjs-node.md says more.
 *
 *     node link-libtensorflow.mjs [DIR] [--wheel REQUIREMENT]
 *
 * DIR (default .tensorflow) gets everything, in its node_modules. REQUIREMENT is a pip requirement, by default
 * tensorflow-cpu==2.21.0. Done already: says so and changes nothing.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const TFJS_NODE = '@tensorflow/tfjs-node@4.22.0';
const CPU_WHEEL = 'tensorflow-cpu==2.21.0';

class UserError extends Error {}

/** The standard output of a command, or undefined where it is missing or fails. */
function output(command, args) {
  const { status, stdout } = spawnSync(command, args, { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}

/** Runs a command that must work. Its own words are shown only if it does not: they are long. */
function run(complaint, command, args, options = {}) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', ...options });
  if (status === 0) return;
  process.stderr.write(`${stdout ?? ''}${stderr ?? ''}`);
  throw new UserError(`${complaint} (${error?.message ?? `${[command, ...args].join(' ')} exited with ${status}`})`);
}

function checkTools(python) {
  if (process.platform !== 'linux') throw new UserError(`only Linux is supported, and this is ${process.platform}`);
  if (Number(process.versions.node.split('.')[0]) > 22) {
    throw new UserError(
      `tfjs-node 4.22.0 fails on Node 23 and newer, and this is ${process.version}: use Node 20 or 22`,
    );
  }
  if (output(python, ['-m', 'pip', '--version']) === undefined) {
    throw new UserError(`${python} with pip is needed to fetch the wheel: install python3-pip, or name one in $PYTHON`);
  }
  const compiler = process.env.CXX ?? 'g++';
  for (const tool of ['make', compiler]) {
    if (output(tool, ['--version']) !== undefined) continue;
    throw new UserError(`${tool} is needed to compile the addon: install make and g++ (Debian: build-essential)`);
  }
}

/** The version of libtensorflow that the addon in `modules` runs with, or undefined where it does not load. */
function linkedVersion(modules) {
  const addon = JSON.stringify(join(modules, '@tensorflow/tfjs-node'));
  const load = `process.stdout.write(require(${addon}).backend().binding.TF_Version)`;
  return output(process.execPath, ['-e', load]);
}

/**
 * One tfjs-core for DIR and the project around it: packages that the project has in the same version are taken from
 * there, which Node does by itself once DIR's own copies are gone. With two copies every kernel is registered twice.
 */
function shareWithProject(modules) {
  const outside = createRequire(join(dirname(dirname(modules)), 'package.json'));
  const versionIn = (path) => JSON.parse(readFileSync(path, 'utf8')).version;
  for (const name of readdirSync(join(modules, '@tensorflow'))) {
    if (name === 'tfjs-node') continue;
    const own = join(modules, '@tensorflow', name);
    let other;
    try {
      other = outside.resolve(`@tensorflow/${name}/package.json`);
    } catch {
      continue; // the project does not have it
    }
    if (versionIn(other) === versionIn(join(own, 'package.json'))) rmSync(own, { recursive: true });
  }
}

function link(modules, wheel) {
  const python = process.env.PYTHON ?? 'python3';
  checkTools(python);
  const store = join(modules, '.libtensorflow');
  mkdirSync(modules, { recursive: true });

  console.log(`installing ${TFJS_NODE} into ${modules}`);
  const npmInstall = ['install', '--prefix', dirname(modules), '--no-save', '--ignore-scripts', TFJS_NODE];
  run(`npm could not install ${TFJS_NODE}`, 'npm', npmInstall);
  shareWithProject(modules);

  console.log(`fetching ${wheel} from PyPI`);
  rmSync(store, { recursive: true, force: true });
  // A wheel with extras, tensorflow[and-cuda], needs other wheels beside it: CUDA's own libraries.
  const alone = wheel.includes('[') ? [] : ['--no-deps'];
  const pipInstall = [
    '-m',
    'pip',
    'install',
    '--target',
    store,
    '--only-binary',
    ':all:',
    '--no-compile',
    ...alone,
    wheel,
  ];
  run(`no wheel of ${wheel} for this Python and machine`, python, pipInstall);

  console.log('compiling the addon');
  const library = join(store, 'tensorflow');
  // The names that the linker asks for. What is loaded later goes by the libraries' own names, which are there.
  symlinkSync('libtensorflow_cc.so.2', join(library, 'libtensorflow.so'));
  symlinkSync('libtensorflow_framework.so.2', join(library, 'libtensorflow_framework.so'));
  const addon = join(modules, '@tensorflow/tfjs-node');
  rmSync(join(addon, 'deps'), { recursive: true, force: true });
  mkdirSync(join(addon, 'deps'));
  // tfjs-node looks for libraries in deps/lib. A link to the folder, not to each file: from there the library finds
  // its neighbours, CUDA's among them, by paths relative to its own.
  symlinkSync(library, join(addon, 'deps/lib'));
  symlinkSync(join(library, 'include'), join(addon, 'deps/include'));
  // Node's own headers, where they came with it; else node-gyp downloads them.
  const prefix = dirname(dirname(process.execPath));
  const headers = existsSync(join(prefix, 'include/node/node_api.h')) ? { npm_config_nodedir: prefix } : {};
  const options = { cwd: addon, env: { ...process.env, ...headers } };
  run('the addon does not compile against this libtensorflow', 'npm', ['run', 'build-addon-from-source'], options);
  writeFileSync(join(store, 'requirement'), wheel);
}

function readArguments() {
  try {
    return parseArgs({ options: { wheel: { type: 'string' } }, allowPositionals: true });
  } catch (error) {
    throw new UserError(`${error.message.split('. ')[0]}; usage: link-libtensorflow.mjs [DIR] [--wheel REQUIREMENT]`);
  }
}

function main() {
  const { values, positionals } = readArguments();
  const [directory = '.tensorflow'] = positionals;
  const wheel = values.wheel ?? CPU_WHEEL;
  const modules = resolve(directory, 'node_modules');
  const requirement = join(modules, '.libtensorflow/requirement');
  if (!existsSync(requirement) || readFileSync(requirement, 'utf8') !== wheel || !linkedVersion(modules)) {
    link(modules, wheel);
  }
  const version = linkedVersion(modules);
  if (version === undefined) {
    throw new UserError(`the addon was built, but does not load: ldd on the .node file under ${modules} may say why`);
  }
  console.log(`${directory}: tfjs-node runs on libtensorflow ${version} (${wheel})`);
}

try {
  main();
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  console.error(`link-libtensorflow: ${error.message}`);
  process.exitCode = 1;
}
