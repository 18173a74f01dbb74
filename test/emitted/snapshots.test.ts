import { mkdir, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Activation } from '../../compiler/activation.js';
import { generate } from '../../compiler/generate.js';
import { fileName } from '../../compiler/emit/identity.js';
import { activationModule } from '../../compiler/targets/wasm/module.js';
import { moduleText } from '../../compiler/targets/wasm/text.js';
import { diagnostics } from '../support/diagnostics.js';
import { arithmeticOnly, specOf } from '../support/emit.js';

/**
 * What reviewers see of a change in the emitted code. `npx vitest run test/emitted/snapshots.test.ts -u` accepts it.
 * The specs: the reference, each other denominator, a dense derivative, an n of 0, an m below n, and a stabilised kernel.
 */
const SPECS = [
  specOf('hermite', 5, 4),
  specOf('monomial', 3, 2, 'abs-sum'),
  specOf('legendre', 3, 2, 'none'),
  specOf('chebyshev-u', 2, 3),
  specOf('laguerre', 2, 0),
  specOf('chebyshev-t', 7, 6, 'abs-sum'),
];

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = `${root}test/.emitted/snapshots`;

describe('emitted code', () => {
  const emitted = new Map<string, string>();
  const activations = new Map<string, Activation>();
  beforeAll(() => {
    for (const spec of SPECS) {
      const { files, activation } = generate(spec, arithmeticOnly);
      for (const [path, text] of files) emitted.set(path, text);
      activations.set(fileName(spec), activation);
    }
  });

  it.each(SPECS.map((spec) => fileName(spec)))('%s is as committed', async (path) => {
    await expect(withoutBytes(emitted.get(path)!)).toMatchFileSnapshot(`snapshots/${path}.snap`);
  });

  // The bytes are the encoding of this text; test/compiler/wasm.test.ts holds the encoder.
  it.each(['hermite-5-4.ts', 'laguerre-2-0.ts', 'chebyshev-t-7-6-abs-sum.ts'])(
    '%s has the WebAssembly code that is committed',
    async (path) => {
      const text = moduleText(activationModule(activations.get(path)!));
      await expect(text).toMatchFileSnapshot(`snapshots/${path.replace('.ts', '.wat')}.snap`);
    },
  );

  it('hermite-5-4.ts has the WebAssembly code with relaxed SIMD that is committed', async () => {
    const text = moduleText(activationModule(activations.get('hermite-5-4.ts')!, true));
    await expect(text).toMatchFileSnapshot('snapshots/hermite-5-4.relaxed.wat.snap');
  });

  it('type-checks under the strictest settings', async () => {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    const files = await Promise.all(
      [...emitted].map(async ([path, text]) => {
        await writeFile(`${folder}/${path}`, text);
        return `${folder}/${path}`;
      }),
    );
    expect(diagnostics(files)).toEqual([]);
  });

  it('keeps its lines readable', () => {
    for (const [path, text] of emitted) {
      const long = text.split('\n').filter((line) => line.length > 125);
      expect(long, path).toEqual([]);
    }
  });
});

/** Nobody reads base64. */
const withoutBytes = (text: string): string => text.replace(/(\n {4}'[A-Za-z0-9+/=]{40,}'( \+)?)+/, "\n    '…'");
