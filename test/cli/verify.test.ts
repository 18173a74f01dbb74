import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { emptyDirectory, everythingIn, run } from './support.js';
import { arithmeticOnly } from '../support/emit.js';

/** The checks alone, without figures, and without relaxed SIMD, which not every engine has. */
const checksOf = (table: string): string =>
  table
    .replace(/^( {2}ok .{28}).*$/gm, '$1')
    .replace(/ +$/gm, '')
    .replace(/^.*wasm, relaxed(: valid.*$|[^]*?(?=^\n))/gm, '')
    .replace(/\n\n+/g, '\n');

describe('--verify', () => {
  test('prints a table on stdout, and writes nothing', async () => {
    const cwd = emptyDirectory();
    const { code, stdout, stderr } = await run('--basis hermite --m 2 --n 1 --verify', { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(everythingIn(cwd)).toEqual([]);
    expect(stdout).toMatch(/\n\nall \d+ checks passed(, 1 skipped)?\n$/);
    expect(checksOf(stdout.replace(/\nall .*/, ''))).toMatchInlineSnapshot(`
      "HermitePade2x1: npx opau-gen --basis hermite --m 2 --n 1
      errors in units of 2^-24 times the judged size, the sum of the magnitudes of the terms over Q;
      kernels may be 32 units off
                                               values      worst  where
      exact fractions, against nerdamer
        ok      f_0 .. f_2
        ok      F
        ok      dF/dx
        ok      dF/dc_0 .. dF/dc_2
        ok      dF/dd_1
      64 digits, against central differences of order 8 (mathjs)
        ok      F
        ok      dF/dx
        ok      dF/dc_0 .. dF/dc_2
        ok      dF/dd_1
      the judge of the runs below, against the same
        ok      all of these
      at kinks, sgn(0) = +1, against one-sided differences in 64 digits
        ok      F
        ok      dF/dx
        ok      dF/dc_0 .. dF/dc_2
        ok      dF/dd_1
      the emitted text
        ok      TypeScript, strict
        ok      runs as a module
        ok      wasm: valid
      run on cpu
        ok      F
        ok      dF/dx
        ok      dF/dc_0 .. dF/dc_2
        ok      dF/dd_1
      run on tf ops
        ok      F
        ok      dF/dx
        ok      dF/dc_0 .. dF/dc_2
        ok      dF/dd_1
      run on wasm
        ok      F
        ok      dF/dx
        ok      dF/dc_0 .. dF/dc_2
        ok      dF/dd_1
      "
    `);
  });

  test('a polynomial has no denominator to check', async () => {
    const { code, stdout } = await run('--basis legendre --m 3 --n 0 --verify', {
      options: { stages: arithmeticOnly },
    });
    expect(code).toBe(0);
    expect(stdout).not.toContain('dd_');
    expect(stdout).toMatch(/skipped F and its gradients +Q has no absolute values/);
  });

  test('takes all activations of a config, on bases of its own, too', async () => {
    const cwd = emptyDirectory();
    const config = {
      bases: { mine: { a: '(2*k+1)/(k+1)', c: 'k/(k+1)' } },
      activations: [
        { basis: 'mine', m: 1, n: 1 },
        { basis: 'legendre', m: 1, n: 0 },
      ],
    };
    writeFileSync(join(cwd, 'opau.config.json'), JSON.stringify(config));
    const { code, stdout, stderr } = await run('--verify', { cwd, options: { stages: arithmeticOnly } });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.match(/^\w+Pade\w+(?=: )/gm)).toEqual(['MinePade1x1', 'LegendrePade1x0']);
    expect(stdout.match(/^all \d+ checks passed/gm)).toHaveLength(2);
    expect(everythingIn(cwd)).toEqual(['opau.config.json']);
  });

  test('--out has no meaning beside it', async () => {
    expect(await run('--basis legendre --m 3 --n 0 --verify --out x')).toEqual({
      code: 2,
      stdout: '',
      stderr: 'opau-gen: --out and --verify exclude each other: --verify writes nothing\n',
    });
  });

  test('fails with 1 where a check does', async () => {
    const differentiate: typeof arithmeticOnly.differentiate = (graph, names, calculus, f) => {
      const right = arithmeticOnly.differentiate(graph, names, calculus, f);
      return { ...right, x: graph.neg(right.x) };
    };
    const options = { stages: { ...arithmeticOnly, differentiate } };
    const { code, stdout } = await run('--basis hermite --m 2 --n 1 --verify', { options });
    expect(code).toBe(1);
    expect(stdout).toMatch(/FAIL +dF\/dx +\d+ +dx is .* but nerdamer has/);
    expect(stdout).toMatch(/^\d+ of \d+ checks FAILED, \d skipped$/m);
  });
});
