import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { everythingIn, project, runAside } from './support.js';
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
