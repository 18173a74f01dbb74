import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { everythingIn, project, refusal, run } from './support.js';
import { arithmeticOnly } from '../support/emit.js';

const options = { stages: arithmeticOnly };

const withConfig = (config: string | object): string => project({ 'opau.config.json': config });

const TWO = {
  activations: [
    { basis: 'monomial', m: 1, n: 0 },
    { basis: 'legendre', m: 1, n: 1, denominator: 'abs-sum', target: 'tanh', backends: ['cpu'], out: 'src/a' },
  ],
};

describe('one command for all activations of a config', () => {
  test('json: each into its directory, the same as from flags', async () => {
    const cwd = withConfig({ $schema: './schema.json', ...TWO });
    const { code, stdout, stderr } = await run('', { cwd, options });
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr.replace(/\d+\.\d kB/g, '# kB')).toBe(
      'wrote       generated/monomial-1-0.ts (# kB): Pade1x0\n' +
        'wrote       src/a/legendre-1-1-abs-sum.ts (# kB): LegendrePade1x1AbsSum\n',
    );
    expect(everythingIn(cwd).filter((name) => name.endsWith('.ts'))).toEqual([
      'generated/monomial-1-0.ts',
      'src/a/legendre-1-1-abs-sum.ts',
    ]);
    const flags = '--basis legendre --m 1 --n 1 --denominator abs-sum --target-function tanh --backends cpu -o -';
    const printed = await run(flags, { cwd, options });
    expect(readFileSync(join(cwd, 'src/a/legendre-1-1-abs-sum.ts'), 'utf8')).toBe(printed.stdout);
  });

  test('a second run leaves files that are up to date alone, and names those that no entry makes any more', async () => {
    const cwd = withConfig(TWO);
    await run('', { cwd, options });
    writeFileSync(join(cwd, 'opau.config.json'), JSON.stringify({ activations: [{ basis: 'monomial', m: 2, n: 0 }] }));
    const { stderr } = await run('', { cwd, options });
    expect(stderr).toContain(
      'extra       generated/monomial-1-0.ts: no entry of opau.config.json makes it; remove it\n',
    );
    expect((await run('', { cwd, options })).stderr).toContain('unchanged   1 of 1 files\n');
  });

  const MODULE = "export default { out: 'o', activations: [{ basis: 'monomial', m: 1, n: 0 }] };";
  test.each([
    ['opau.config.mjs', { 'opau.config.mjs': MODULE }],
    ['opau.config.js', { 'package.json': { type: 'module' }, 'opau.config.js': MODULE }],
    ['a promise', { 'opau.config.mjs': MODULE.replace('default', 'default Promise.resolve(').replace(/;$/, ');') }],
    [
      'opau.config.ts with imports',
      {
        'opau.config.ts':
          "import { defineConfig, type Config } from 'opau';\nimport { basename } from 'node:path';\n" +
          "import { basis } from './more/bases.js';\nimport out from './out.mjs';\nimport type { X } from './types';\n" +
          'const config: Config & X = { out: basename(out), activations: [{ basis, m: 1, n: 0 }] };\n' +
          'export default defineConfig(config);\n',
        'more/bases.ts': "import { name } from './name';\nexport const basis: string = name;\n",
        'more/name.ts': "export const name = 'monomial' as const;\n",
        'out.mjs': "export default '/x/o';\n",
        'types.ts': 'export type X = object;\n',
      },
    ],
  ])('%s', async (_, files) => {
    const cwd = project(files);
    const before = everythingIn(cwd);
    const { code, stderr } = await run('', { cwd, options });
    expect({ code, stderr: stderr.replace(/\d+\.\d kB/, '# kB') }).toEqual({
      code: 0,
      stderr: 'wrote       o/monomial-1-0.ts (# kB): Pade1x0\n',
    });
    expect(everythingIn(cwd)).toEqual([...before, 'o', 'o/monomial-1-0.ts'].sort());
  });

  test('--config elsewhere: directories are relative to it', async () => {
    const cwd = project({ 'a/my.json': { activations: [{ basis: 'monomial', m: 1, n: 0, out: '../b' }] } });
    expect((await run('--config a/my.json', { cwd, options })).stderr).toMatch(/^wrote +b\/monomial-1-0\.ts /);
  });

  test('bases of its own, on a domain and normalised', async () => {
    const cwd = withConfig({
      bases: { mine: { title: 'Mine', a: '(2*k+1)/(k+1)', c: 'k/(k+1)' } },
      activations: [{ basis: 'mine', m: 1, n: 1, domain: ['-1/3', 2], normalise: true }],
    });
    const { code, stderr } = await run('', { cwd, options });
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('MinePade1x1OnM1o3To2Normalised') });
    expect((await run('--check', { cwd, options })).code).toBe(0);
  });
});

describe('a bad config: one line that names the entry, exit 2, nothing written', () => {
  const entry = (more: object) => ({
    activations: [
      { basis: 'hermite', m: 1, n: 1 },
      { basis: 'legendre', m: 1, n: 1, ...more },
    ],
  });
  const refused = async (cwd: string, line: string, argv = ''): Promise<void> => {
    const before = everythingIn(cwd);
    for (const action of ['', ' --check']) {
      expect(await run(argv + action, { cwd, options })).toEqual({
        code: 2,
        stdout: '',
        stderr: `opau-gen: ${line}\n`,
      });
    }
    expect(everythingIn(cwd)).toEqual(before);
  };

  test.each<[string | object, string]>([
    ['{\n  "out": "a",\n  "activations" [] }', ":3:17: ':' expected."],
    ['{ "activations": [ }', ':1:20: Expression or comma expected.'],
    ['{ "activations": [], }', ' is not JSON, which has double quotes only, no comments and no trailing commas'],
    ['', ' is not JSON, which has double quotes only, no comments and no trailing commas'],
    ['[]', ': the config is []: it must be an object'],
    ['null', ': the config is null: it must be an object'],
    [{}, ': activations is missing: list what to generate, [{ basis, m, n }, ...]'],
    [{ activations: [] }, ': activations is empty: list what to generate'],
    [{ activations: {} }, ': activations is {}: it must be a list'],
    [{ activation: [] }, ': unknown key activation: did you mean "activations"?'],
    [{ activations: ['hermite'] }, ': activations[0] is "hermite": it must be an object'],
    [{ out: 5, activations: [] }, ': out is 5: it must be text'],
    [{ out: '', activations: [] }, ': out is "": it must be text'],
    [entry({ bassis: 'x' }), ': unknown key activations[1].bassis: did you mean "basis"?'],
    [
      entry({ frobnicate: 1 }),
      ': unknown key activations[1].frobnicate: use one of basis, m, n, denominator, domain, normalise, target, interval, norm, tail, zeroCentre, initial, backends, out',
    ],
    [entry({ m: '1' }), ': activations[1].m is "1": it must be a number'],
    [entry({ m: null }), ': activations[1].m is null: it must be a number'],
    [entry({ m: 5.5 }), ': activations[1].m is "5.5": the degree must be a whole number from 0 to 32'],
    [entry({ n: 33 }), ': activations[1].n is "33": the degree must be a whole number from 0 to 32'],
    [entry({ basis: 5 }), ': activations[1].basis is 5: it must be text'],
    [
      entry({ basis: 'monomail' }),
      ': activations[1].basis: unknown basis "monomail": use one of monomial, chebyshev-t, chebyshev-u, legendre, laguerre, ' +
        'hermite, hermite-phys, chebyshev-v, chebyshev-w, jacobi(alpha,beta), gegenbauer(lambda), laguerre(alpha); did ' +
        'you mean "monomial"?',
    ],
    [
      entry({ denominator: 'sum' }),
      ': activations[1].denominator: unknown denominator "sum": use one of sum-abs, abs-sum, none',
    ],
    [entry({ target: true }), ': activations[1].target is true: it must be text'],
    [
      entry({ target: 'reul' }),
      expect.stringMatching(
        /: activations\[1\]\.target: unknown target function "reul": use one of .*"relu"\?$/,
      ) as unknown as string,
    ],
    [entry({ backends: 'cpu' }), ': activations[1].backends is "cpu": it must be a list of texts'],
    [
      entry({ backends: ['cpu', 'gpu'] }),
      ': activations[1].backends: unknown backend "gpu": use one of cpu, wasm, webgpu, webgl; did you mean "cpu"?',
    ],
    [entry({ domain: [1] }), ': activations[1].domain is [ 1 ]: it must be a pair of numbers, [low, high]'],
    [entry({ normalise: 'yes' }), ': activations[1].normalise is "yes": it must be true or false'],
    [entry({ n: 0, m: 0 }), ': activations[1]: m and n are both 0, which makes F a constant: m + n must be at least 1'],
    [
      entry({ basis: 'hermite', target: 'tanh' }),
      ': activations[0] and activations[1] would both be generated/hermite-1-1.ts: give one of them another out',
    ],
    [{ bases: [], ...entry({}) }, ': bases is []: it must be an object'],
    [
      { bases: { mine: {} }, ...entry({}) },
      expect.stringContaining(': bases.mine: a of basis mine is missing') as unknown as string,
    ],
    [{ bases: { mine: { a: '1', d: 1 } }, ...entry({}) }, ': unknown key bases.mine.d: did you mean "a"?'],
    [
      { bases: { hermite: { a: '1' } }, ...entry({}) },
      ': bases.hermite: a basis of your own is named "hermite", as one of opau\'s is: give it another name',
    ],
    [{ activations: [{ basis: 'hermite', m: 1 }] }, ': activations[0].n is missing: each activation has basis, m, n'],
  ])('%j', async (config, line) => {
    const cwd = withConfig(config);
    const before = everythingIn(cwd);
    for (const argv of ['', '--check']) {
      const { code, stdout, stderr } = await run(argv, { cwd, options });
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      const start = 'opau-gen: opau.config.json';
      expect(stderr.slice(0, start.length)).toBe(start);
      expect(stderr.slice(start.length, -1)).toEqual(line);
      expect(stderr.split('\n')).toHaveLength(2);
    }
    expect(everythingIn(cwd)).toEqual(before);
  });

  const VALID = { activations: [{ basis: 'monomial', m: 1, n: 0 }] };
  test.each([
    [
      'two configs',
      { 'opau.config.json': VALID, 'opau.config.mjs': '' },
      'there are opau.config.mjs and opau.config.json: keep one, or say which with --config FILE',
    ],
    [
      'no default export',
      { 'opau.config.mjs': '' },
      'opau.config.mjs has no default export: write export default { activations: [...] }',
    ],
    ['a module that throws', { 'opau.config.mjs': "throw new Error('planted')" }, 'opau.config.mjs: planted'],
    [
      'a function',
      { 'opau.config.mjs': 'export default function config() {}' },
      'opau.config.mjs: the config is [Function: config]: it must be an object',
    ],
    [
      'a syntax error',
      { 'opau.config.ts': 'export default {\n  a: : 5 }' },
      'opau.config.ts:2:6: Expression expected.',
    ],
    [
      'an import that is not there',
      { 'opau.config.ts': "import x from './x.js';\nexport default x;" },
      'opau.config.ts imports "./x.js", which is not there',
    ],
    [
      'a package that is not there',
      { 'opau.config.ts': "import x from 'no-such';\nexport default x;" },
      'opau.config.ts imports "no-such", which is not there',
    ],
    [
      'imports in a circle',
      {
        'opau.config.ts': "import { a } from './a';\nexport default a;",
        'a.ts': "import b from './opau.config';\nexport const a = b;",
      },
      'opau.config.ts: opau.config.ts imports itself, in a circle',
    ],
  ])('%s', async (_, files, line) => refused(project(files), line));

  test('a name that is no config, and -o with one', async () => {
    const cwd = project({ 'opau.config.json': VALID, 'x.yaml': '' });
    await refused(cwd, 'x.yaml is no config: its name must end in .json, .js, .mjs or .ts', '--config x.yaml');
    await refused(cwd, '--out without --basis, --m and --n: opau.config.json says where its files go', '-o src');
    await refused(
      cwd,
      '--out and --config cannot be given together: a config says that for each activation',
      '-o a --config opau.config.json',
    );
  });

  test('a directory that cannot be written to, with nothing left in the others', async () => {
    const cwd = project({ 'opau.config.json': TWO, src: 'a file' });
    const line = `cannot write to out "src/a" of opau.config.json: ${join(cwd, 'src')} is not a directory`;
    expect((await run('', { cwd, options })).stderr).toBe(`opau-gen: ${line}\n`);
    expect(everythingIn(cwd)).toEqual(['opau.config.json', 'src']);
  });

  test('a disk that fills up in the second directory leaves nothing in the first', async () => {
    const cwd = withConfig(TWO);
    let writes = 0;
    const writeFile: typeof import('node:fs/promises').writeFile = async (path, data) => {
      if (++writes === 2) await refusal('ENOSPC')();
      writeFileSync(path as string, data as string);
    };
    const { code, stderr } = await run('', { cwd, options, fs: { writeFile } });
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'opau-gen: cannot write to out "src/a" of opau.config.json: no space left on device (ENOSPC)\n',
    });
    expect(everythingIn(cwd)).toEqual(['opau.config.json']);
  });
});
