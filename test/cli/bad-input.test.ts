import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { emptyDirectory, everythingIn, refusal, run } from './support.js';
import { arithmeticOnly } from '../support/emit.js';

const wrongUse = (line: string) => ({ code: 2, stdout: '', stderr: `opau-gen: ${line}\n` });
const degree = (flag: string, text: string) => `--${flag} is "${text}": the degree must be a whole number from 0 to 32`;

const JACOBI = 'use jacobi(alpha,beta), such as jacobi(1/2,-1/3)';
const RATIONAL = 'a number such as -3, 0.25 or 1/3, at most 9999 over 1000';

describe('wrong use: one line, exit 2, nothing written', () => {
  test.each<[argv: string | string[], line: string]>([
    [
      '',
      'no activation on flags, and none of opau.config.ts, opau.config.js, opau.config.mjs, opau.config.json here: use for ' +
        'example --basis hermite --m 5 --n 4, or --help',
    ],
    ['--m 5', '--basis and --n are missing: use for example --basis hermite --m 5 --n 4, or --help'],
    ['--basis hermite', '--m and --n are missing: use for example --basis hermite --m 5 --n 4, or --help'],
    ['--basis hermite --m 5', '--n is missing: use for example --basis hermite --m 5 --n 4, or --help'],
    ['--bassis hermite --m 5 --n 4', 'unknown flag "--bassis": did you mean "--basis"?'],
    [
      '--basis hermit --m 5 --n 4',
      'unknown basis "hermit": use one of monomial, chebyshev-t, chebyshev-u, legendre, laguerre, hermite, hermite-phys, ' +
        'chebyshev-v, chebyshev-w, jacobi(alpha,beta), gegenbauer(lambda), laguerre(alpha); did you mean "hermite"?',
    ],
    [
      '--basis hermite --m 5 --n 4 --denominator sum_abs',
      'unknown denominator "sum_abs": use one of sum-abs, abs-sum, none; did you mean "sum-abs"?',
    ],
    ['--basis jacobi --m 5 --n 4', `the basis jacobi has 2 parameters, but 0 are given: ${JACOBI}`],
    ['--basis jacobi() --m 5 --n 4', `the basis jacobi has 2 parameters, but 0 are given: ${JACOBI}`],
    ['--basis jacobi(1,2,3) --m 5 --n 4', `the basis jacobi has 2 parameters, but 3 are given: ${JACOBI}`],
    [
      '--basis jacobi(1,-1) --m 5 --n 4',
      `the beta of the basis jacobi is "-1": it must be greater than -1, for the weight to have a finite integral; ${JACOBI}`,
    ],
    [
      '--basis gegenbauer(0) --m 5 --n 4',
      'the lambda of the basis gegenbauer is "0": it must be greater than -1/2, and not 0, where every C_k but the first ' +
        'vanishes; use gegenbauer(lambda), such as gegenbauer(3/4)',
    ],
    ...['pi', '1/0', '1e2', '10000', '0.0001', '1/1001', '0x1', 'Infinity', 'NaN', '--1'].map(
      (text): [string[], string] => [
        ['--basis', `laguerre(${text})`, '--m', '5', '--n', '4'],
        `the alpha of the basis laguerre is "${text}": it must be ${RATIONAL}; use laguerre(alpha), such as laguerre(1/2)`,
      ],
    ),
    ['--basis hermite(1) --m 5 --n 4', 'the basis hermite has no parameters, but "1" is given: use hermite'],
    [
      '--basis jacoby(1,2) --m 5 --n 4',
      'unknown basis "jacoby": use one of monomial, chebyshev-t, chebyshev-u, legendre, laguerre, hermite, hermite-prob, ' +
        'hermite-phys, chebyshev-v, chebyshev-w, jacobi, gegenbauer; did you mean "jacobi"?',
    ],
    ...(
      [
        ['3', ': '],
        ['1,2,3', ': '],
        ['3,3', ', whose first end is not below the second: '],
        ['3,-3', ', whose first end is not below the second: '],
        ['1/2,0.5', ', whose first end is not below the second: '],
      ] as const
    ).map(([text, why]): [string, string] => [
      `--basis hermite --m 5 --n 4 --domain ${text}`,
      `the domain is "${text}"${why}use two numbers a,b with a < b, such as -3,3`,
    ]),
    ...(
      [
        ['-3,inf', 'inf'],
        ['-Infinity,3', '-Infinity'],
        ['a,3', 'a'],
        ['-3,', ''],
        ['0,1/0', '1/0'],
        ['0,sqrt(2)', 'sqrt(2)'],
        ['-3;3,4', '-3;3'],
        ['0,12345', '12345'],
      ] as const
    ).map(([text, end]): [string, string] => [
      `--basis hermite --m 5 --n 4 --domain ${text}`,
      `the domain is "${text}", but "${end}" is not ${RATIONAL}`,
    ]),
    [
      '--basis monomial --m 5 --n 4 --normalise',
      'the basis monomial cannot be normalised: no weight makes its polynomial of degree 1 orthogonal to those below; ' +
        'leave --normalise out, and use --domain a,b to bring all to the size they have on [-1, 1]',
    ],
    ['--basis hermite --m 5 --n 4 --normalise=yes', '--normalise takes no value, but "yes" is given'],
    ...[
      '-1',
      '33',
      '5.0',
      '5.5',
      '1e1',
      '0x5',
      '05',
      '+5',
      '-0',
      'five',
      '٥',
      'NaN',
      'Infinity',
      '99999999999999999999',
    ].map((text): [string, string] => [`--basis hermite --m ${text} --n 4`, degree('m', text)]),
    ['--basis hermite --m=-1 --n=4', degree('m', '-1')],
    ['--basis hermite --m 5 --n 33', degree('n', '33')],
    [['--basis', 'hermite', '--m', ' 5', '--n', '4'], degree('m', ' 5')],
    [['--basis', 'hermite', '--m', '', '--n', '4'], '--m has no value: degree of P, a whole number from 0 to 32'],
    ['--basis hermite --m 0 --n 0', 'm and n are both 0, which makes F a constant: m + n must be at least 1'],
    [
      '--basis hermite --m 5 --n 4 --target-function leaky_rel',
      'unknown target function "leaky_rel": use one of leaky_relu, relu, prelu, elu, selu, softplus, swish, gelu, mish, ' +
        'tanh, sigmoid, hardswish, identity; did you mean "leaky_relu"?',
    ],
    [
      '--basis hermite --m 5 --n 4 --backends gpu',
      'unknown backend "gpu": use one of cpu, wasm, webgpu, webgl; did you mean "cpu"?',
    ],
    [
      '--basis hermite --m 5 --n 4 --target relu',
      'unknown target "relu": use one of typescript, wgsl, glsl, wat, latex; what to fit to is --target-function',
    ],
    [
      '--basis hermite --m 5 --n 4 --dump forms',
      'unknown stage "forms": use one of expand, form, differentiate, stabilise, share; did you mean "form"?',
    ],
    [
      '--basis hermite --m 5 --n 4 --dump form --format tex',
      'unknown format "tex": use one of text, latex; did you mean "text"?',
    ],
    [
      '--basis hermite --m 5 --n 4 --format latex',
      '--format belongs to --dump: use for example --dump form --format latex',
    ],
    ['--basis hermite --m 5 --n 4 --dump form --target wgsl', '--dump and --target cannot be given together'],
    ['--basis hermite --m 5 --n 4 --check --watch', '--check and --watch cannot be given together'],
    [
      '--basis hermite --m 5 --n 4 --dump form --out src',
      '--dump and --out cannot be given together: --dump prints to stdout',
    ],
    ['--basis hermite --m 5 --n 4 --check -o -', '--check compares files, but --out is -: name a directory'],
    ['--basis hermite --m 5 --n 4 --watch', '--watch watches a config: leave out the flags of an activation'],
    [
      '--basis hermite --config opau.config.json',
      '--basis and --config cannot be given together: a config says that for each activation',
    ],
    ['--config no.json', '--config "no.json": there is no such file'],
    [['\u001b[31m\n'], 'unexpected argument "\\u001b[31m\\u000a": a value follows its flag, as in --basis hermite'],
  ])('%j', async (argv, line) => {
    const cwd = emptyDirectory();
    expect(await run(argv, { cwd })).toEqual(wrongUse(line));
    expect(everythingIn(cwd)).toEqual([]);
  });

  test('a formula that is not finite on the interval', async () => {
    const cwd = emptyDirectory();
    const { code, stdout, stderr } = await run('--basis hermite --m 5 --n 4 --target-function 1/x', { cwd });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^opau-gen: the target function 1 ?\/ ?x is not finite at x = 0: .*\n$/);
    expect(everythingIn(cwd)).toEqual([]);
  });
});

const REQUEST = '--basis hermite --m 1 --n 1';
const options = { stages: arithmeticOnly };

describe('an --out that cannot be written to: one line, exit 2, nothing left behind', () => {
  test.each([
    ['file', 'is not a directory'],
    ['file/', 'is not a directory'],
    ['file/a/b', 'is not a directory'],
    ['dangling', 'file already exists (EEXIST)'],
    ['dangling/a', 'file already exists (EEXIST)'],
    ['loop', 'too many symbolic links encountered (ELOOP)'],
    [`new/${'a'.repeat(300)}`, 'name too long (ENAMETOOLONG)'],
  ])('%s', async (out, reason) => {
    const cwd = emptyDirectory();
    writeFileSync(join(cwd, 'file'), 'as it was');
    symlinkSync('nowhere/at/all', join(cwd, 'dangling'));
    symlinkSync('loop', join(cwd, 'loop'));
    const why = reason === 'is not a directory' ? `${join(cwd, 'file')} ${reason}` : reason;
    expect(await run(`${REQUEST} --out ${out}`, { cwd, options })).toEqual(
      wrongUse(`cannot write to --out "${out}": ${why}`),
    );
    expect(everythingIn(cwd)).toEqual(['dangling', 'file', 'loop']);
    expect(readFileSync(join(cwd, 'file'), 'utf8')).toBe('as it was');
  });

  test('a directory where the file should be', async () => {
    const cwd = emptyDirectory();
    mkdirSync(join(cwd, 'generated/hermite-1-1.ts'), { recursive: true });
    expect(await run(REQUEST, { cwd, options })).toEqual(
      wrongUse('cannot write to --out "generated": hermite-1-1.ts: illegal operation on a directory (EISDIR)'),
    );
    expect(everythingIn(cwd)).toEqual(['generated', 'generated/hermite-1-1.ts']);
  });

  test.each([
    ['stat', 'EACCES', 'permission denied (EACCES)'],
    ['mkdir', 'EROFS', 'read-only file system (EROFS)'],
    ['writeFile', 'ENOSPC', 'no space left on device (ENOSPC)'],
    ['rename', 'EACCES', 'hermite-1-1.ts: permission denied (EACCES)'],
  ] as const)('%s fails with %s', async (call, code, reason) => {
    const cwd = emptyDirectory();
    expect(await run(`${REQUEST} --out a/b`, { cwd, options, fs: { [call]: refusal(code) } })).toEqual(
      wrongUse(`cannot write to --out "a/b": ${reason}`),
    );
    expect(everythingIn(cwd)).toEqual([]);
  });

  test('a disk that fills up leaves the old file as it was', async () => {
    const cwd = emptyDirectory();
    mkdirSync(join(cwd, 'generated'));
    writeFileSync(join(cwd, 'generated/hermite-1-1.ts'), 'as it was');
    const writeFile: typeof import('node:fs/promises').writeFile = async (path) => {
      writeFileSync(path as string, 'half a fi');
      await refusal('ENOSPC')();
    };
    expect((await run(REQUEST, { cwd, options, fs: { writeFile } })).code).toBe(2);
    expect(everythingIn(cwd)).toEqual(['generated', 'generated/hermite-1-1.ts']);
    expect(readFileSync(join(cwd, 'generated/hermite-1-1.ts'), 'utf8')).toBe('as it was');
  });
});

test.each(['--help', '--version', `${REQUEST} -o -`])('a full disk behind stdout: %s', async (argv) => {
  expect(await run(argv, { options, print: refusal('ENOSPC') })).toEqual(
    wrongUse('cannot write to stdout: no space left on device (ENOSPC)'),
  );
});
