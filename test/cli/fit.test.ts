import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { emptyDirectory, everythingIn, run } from './support.js';

const REQUEST = 'fit --basis monomial --m 3 --n 2';
const PUBLISHED = new URL('../vectors/published-pau.json', import.meta.url).pathname;

describe('opau-gen fit', () => {
  test('prints a report and writes nothing', async () => {
    const cwd = emptyDirectory();
    const { code, stdout, stderr } = await run(REQUEST, { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/RMSE 0\.03\d+, maximum error .* at x = /);
    expect(stdout).toMatch(/^c_3 .*$/m);
    expect(stdout).toMatch(/^d_2 .*$/m);
    expect(everythingIn(cwd)).toEqual([]);
  });

  test('prints JSON that --initial reads as the same coefficients', async () => {
    const cwd = emptyDirectory();
    const words = `${REQUEST} --target-function gelu --interval -2,4 --norm minimax --tail free --zero-centre --json`;
    const printed = JSON.parse((await run(words, { cwd })).stdout) as { c: number[]; samples: { y: number }[] };
    expect(printed).toMatchObject({ target: 'gelu', interval: [-2, 4], norm: 'minimax', tail: 'free' });
    expect(printed.samples[0]!.y).toBe(0);
    writeFileSync(join(cwd, 'gelu.json'), JSON.stringify(printed));
    const again = JSON.parse((await run(`${REQUEST} --initial gelu.json --json`, { cwd })).stdout) as typeof printed;
    expect(again).toMatchObject({ target: 'gelu', interval: [-2, 4], source: 'gelu.json', c: printed.c });
  });

  test('takes a published table as it is', async () => {
    const words = `fit --basis monomial --m 5 --n 4 --initial ${PUBLISHED}#gelu`;
    expect((await run(words)).stdout).toMatch(
      /^gelu on \[-3, 3\], as given by published-pau\.json#gelu\n {2}RMSE 0\.0009744,/m,
    );
  });

  test('draws', async () => {
    const cwd = emptyDirectory();
    expect((await run(`${REQUEST} --plot a.svg`, { cwd })).code).toBe(0);
    await run(`${REQUEST} --plot b.svg`, { cwd });
    const [a, b] = ['a.svg', 'b.svg'].map((name) => readFileSync(join(cwd, name), 'utf8'));
    expect(a).toBe(b);
    expect(a).toMatch(/^<svg /);
    expect(a!.match(/<polyline/g)!.length).toBeGreaterThanOrEqual(5);
    expect(a).not.toMatch(/NaN|Infinity/);
  });
});

describe('mistakes: one line, exit 2, nothing written', () => {
  const files: Record<string, string> = {
    'short.json': '{"c": [1, 2], "d": [1, 1]}',
    'text.json': '{"c": [1, 2, "NaN", 4], "d": [1, 1]}',
    'huge.json': '{"c": [1, 2, 1e39, 4], "d": [1, 1]}',
    'broken.json': '{"c": [1, NaN]}',
    'empty.json': '[]',
    'pole.json': '{"c": [1, 2, 3, 4], "d": [0, -1]}',
  };
  test.each([
    ['--interval 3,-3', /^opau-gen: the interval is \[3, -3\]: it must have two finite ends, the smaller first$/],
    ['--interval 1,1', /^opau-gen: the interval is \[1, 1\]/],
    ['--interval 3', /^opau-gen: --interval is "3": give two numbers with a comma between/],
    ['--interval 0,Infinity', /^opau-gen: --interval is "0,Infinity"/],
    ['--norm l1', /^opau-gen: unknown norm "l1": use one of least-squares, minimax/],
    ['--tail bound', /^opau-gen: unknown tail "bound": use one of bounded, free; did you mean "bounded"\?$/],
    ['--target-function log(x-1)', /^opau-gen: the target function log\(x - 1\) is not a real number at x = -3: /],
    ['--target-function x*y', /^opau-gen: unknown name in the target function "y"/],
    ['--initial none.json', /^opau-gen: cannot read --initial "none\.json": no such file or directory \(ENOENT\)$/],
    ['--initial short.json', /^opau-gen: c of short\.json has length 2: it must have length m \+ 1 = 4$/],
    ['--initial text.json', /^opau-gen: c\[2\] of text\.json is "NaN": it must be a finite float32 number$/],
    ['--initial huge.json', /^opau-gen: c\[2\] of huge\.json is 1e\+39: it must be a finite float32 number$/],
    ['--initial broken.json', /^opau-gen: broken\.json is not JSON: /],
    ['--initial empty.json', /^opau-gen: empty\.json holds no coefficients/],
    [
      '--initial pole.json --denominator none',
      /^opau-gen: the coefficients of pole\.json give F a pole on \[-3, 3\], near x = -1/,
    ],
    ['--initial short.json --norm minimax', /^opau-gen: --initial gives the coefficients/],
    [
      `--initial ${PUBLISHED}#mish`,
      /^opau-gen: published-pau\.json has no "mish" for monomial 3\/2 sum-abs: use one of leaky_relu$/,
    ],
    ['--out x', /^opau-gen: --out is not for opau-gen fit/],
  ])('%s', async (flags, line) => {
    const cwd = emptyDirectory();
    for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
    const { code, stdout, stderr } = await run(`${REQUEST} ${flags}`, { cwd });
    expect(stderr.trimEnd()).toMatch(line);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(everythingIn(cwd)).toEqual(Object.keys(files).sort());
  });

  test('zero-centre with m = 0', async () => {
    const { code, stderr } = await run('fit --basis hermite --m 0 --n 2 --zero-centre');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^opau-gen: --zero-centre with m = 0 makes F zero everywhere: m must be at least 1\n$/);
  });
});
