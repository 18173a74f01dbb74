import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { emptyDirectory, run } from './support.js';

const words = (text: string): string[] => ['convert', ...text.split(' ')];

async function converted(flags: string, world = {}): Promise<unknown> {
  const { code, stdout, stderr } = await run(words(flags), world);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout);
}

describe('coefficients in another basis', () => {
  test('x^2 / 2 + x = He_2 / 2 + He_1 + 1/2, and decimals are what they say', async () => {
    expect(await converted('--from monomial --to hermite --c 0,1.0,5e-1')).toEqual({
      basis: 'hermite',
      denominator: 'sum-abs',
      c: [0.5, 1, 0.5],
      d: [],
      exact: { c: ['1/2', '1', '1/2'], d: [] },
    });
    expect(await converted('--from hermite --to monomial --c 1/2,1,1/2')).toMatchObject({ c: [0, 1, 0.5] });
  });

  test('a file goes there and comes back, exactly where it is its own', async () => {
    const cwd = emptyDirectory();
    const given = { c: [0.1, '1/3', 1e-7], d: ['-2/7', 0.25] };
    writeFileSync(join(cwd, 'pau.json'), JSON.stringify(given));
    const to = '--to legendre --domain -3,1/2 --normalise';
    const { stdout } = await run(words(`--from monomial ${to} --coefficients pau.json --denominator none`), { cwd });
    expect(JSON.parse(stdout)).toMatchObject({ basis: 'legendre on [-3, 1/2], normalised' });
    writeFileSync(join(cwd, 'opau.json'), stdout);
    const from = '--from legendre --from-domain -3,1/2 --from-normalise';
    expect(await converted(`${from} --to monomial --coefficients opau.json --denominator none`, { cwd })).toEqual({
      basis: 'monomial',
      denominator: 'none',
      c: [0.1, 1 / 3, 1e-7].map((value) => expect.closeTo(value, 7)),
      d: [expect.closeTo(-2 / 7, 7), 0.25],
      exact: { c: ['1/10', '1/3', '1/10000000'], d: ['-2/7', '1/4'] },
    });
  });
});

describe('wrong use: one line, exit 2', () => {
  const NUMBERS = 'use numbers such as -3, 0.25, 1e-4 or 1/3';
  test.each([
    ['--to hermite --c 1', '--from is missing: use for example --from monomial --to hermite --c 0,1,1/2'],
    ['--from hermite --c 1', '--to is missing: use for example --from monomial --to hermite --c 0,1,1/2'],
    ['--from monomial --to hermite', '--c is missing: use for example --c 0,1,1/2, or --coefficients FILE'],
    ...['x', '1/0', '1/00', 'NaN', 'Infinity', '1e9999', '1e', '0x1', '1/2/3', '1/-2', '--1'].map((text) => [
      `--from monomial --to hermite --c 0,${text}`,
      `--c holds "${text}" at place 2: ${NUMBERS}`,
    ]),
    ['--from monomial --to hermite --c 1, --d 1', `--c holds "" at place 2: ${NUMBERS}`],
    ['--from monomial --to hermite --c 1 --d 1,,2', `--d holds "" at place 2: ${NUMBERS}`],
    [
      `--from monomial --to hermite --c ${Array(34).fill(1).join(',')}`,
      '--c has 34 coefficients: use 1 to 33, lowest degree first',
    ],
    [
      `--from monomial --to hermite --c 1 --d ${Array(33).fill(1).join(',')}`,
      '--d has 33 coefficients: use 0 to 32, lowest degree first',
    ],
    [
      '--from monomial --to hermite --c 1e39',
      'c_0 is 1000000000000000000000000000000000000000 in this basis, beyond float32',
    ],
    [
      '--from monomial --to hermite --c 1 --denominator nun',
      'unknown denominator "nun": use one of sum-abs, abs-sum, none; did you mean "none"?',
    ],
    [
      '--from monomial --to hermite --coefficients a.json --c 1',
      '--coefficients and --c or --d are given: use one of them',
    ],
    [
      '--from monomial --to hermite --coefficients a.json',
      '--coefficients "a.json": no such file or directory (ENOENT)',
    ],
  ])('%s', async (flags, line) => {
    expect(await run(words(flags!), { cwd: emptyDirectory() })).toEqual({
      code: 2,
      stdout: '',
      stderr: `opau-gen: ${line}\n`,
    });
  });

  test.each([
    ['[1, 2]', 'use an object with arrays c and d, such as {"c": [0, 1, "1/2"], "d": [0.25]}'],
    ['null', 'use an object with arrays c and d, such as {"c": [0, 1, "1/2"], "d": [0.25]}'],
    ['{"d": [1]}', 'use an object with arrays c and d, such as {"c": [0, 1, "1/2"], "d": [0.25]}'],
    ['{"c": [1, null]}', `c holds null at place 2: ${NUMBERS}`],
    ['{"c": []}', 'c has 0 coefficients: use 1 to 33, lowest degree first'],
    ['{"c": [1e999]}', `c holds null at place 1: ${NUMBERS}`],
  ])('a file with %s', async (text, line) => {
    const cwd = emptyDirectory();
    writeFileSync(join(cwd, 'a.json'), text);
    expect(await run(words('--from monomial --to hermite --coefficients a.json'), { cwd })).toEqual({
      code: 2,
      stdout: '',
      stderr: `opau-gen: --coefficients "a.json": ${line}\n`,
    });
  });

  test('a file that is no JSON', async () => {
    const cwd = emptyDirectory();
    writeFileSync(join(cwd, 'a.json'), '{');
    const { code, stderr } = await run(words('--from monomial --to hermite --coefficients a.json'), { cwd });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^opau-gen: --coefficients "a.json": no JSON: .*\n$/);
  });
});
