import { readFileSync } from 'node:fs';
import { expect, it, onTestFinished, vi } from 'vitest';
import { unclosed } from '../support/markup.js';
import { arithmeticOnly } from '../support/emit.js';
import { emptyDirectory, everythingIn, run } from '../cli/support.js';

it('the code of the README learns two spirals, writes its report, and what it learned can be frozen', async () => {
  const cwd = emptyDirectory();
  const argv = process.argv;
  const said = vi.spyOn(process.stdout, 'write').mockImplementation(() => true);
  onTestFinished(() => {
    process.argv = argv;
    said.mockRestore();
  });
  process.argv = ['node', 'main.js', `${cwd}/report`, '30'];
  await import('../../examples/training-tools/main.js');

  const [, accuracy] = /accuracy ([\d.]+); .*training\.html\n$/.exec(said.mock.calls.join(''))!;
  expect(Number(accuracy)).toBeGreaterThan(0.9);
  const html = readFileSync(`${cwd}/report/training.html`, 'utf8');
  expect(unclosed(html)).toEqual([]);
  expect(html).toContain('2 layers over 30 epochs (300 batches)');

  const frozen = await run('freeze --coefficients report/gate.json --name Gate', {
    cwd,
    options: { stages: arithmeticOnly },
  });
  expect(frozen).toMatchObject({
    code: 0,
    stderr: 'froze 10 coefficients of report/gate.json into generated/Gate.ts\n',
  });
  expect(everythingIn(`${cwd}/generated`)).toEqual(['Gate.ts']);
});
