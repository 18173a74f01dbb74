import { beforeAll, describe, expect, it } from 'vitest';
import { useBackend } from '../support/backends.js';
import { arithmeticOnly, emitAndLoad, specOf } from '../support/emit.js';
import { valueAndGradients } from '../support/gradients.js';
import { UNITS } from '../support/units.js';

interface Term {
  readonly value: number;
  /** What its rounding errors are measured by: all signs plus, in P and in Q. */
  readonly size: number;
}

/** What one element adds to dc_0 .. dc_m and dd_1 .. dd_n by definition, in doubles. He_k is scaled by e = 1, H_k by 2. */
function terms(e: number, x: number, c: readonly number[], d: readonly number[], dy: number): readonly Term[] {
  const [f, g] = [
    [1, e * x],
    [1, e * Math.abs(x)],
  ];
  for (let k = 1; k < Math.max(c.length - 1, d.length); k++) {
    f.push(e * x * f[k]! - e * k * f[k - 1]!);
    g.push(e * Math.abs(x) * g[k]! + e * k * g[k - 1]!);
  }
  const q = 1 + d.reduce((sum, dj, j) => sum + Math.abs(dj * f[j + 1]!), 0);
  const spread = (1 + d.reduce((sum, dj, j) => sum + Math.abs(dj) * g[j + 1]!, 0)) / q;
  const y = c.reduce((sum, ci, i) => sum + ci * f[i]!, 0) / q;
  const sizeOfY = (spread * c.reduce((sum, ci, i) => sum + Math.abs(ci) * g[i]!, 0)) / q;
  return [
    ...c.map((_, i) => ({ value: (dy * f[i]!) / q, size: (spread * Math.abs(dy) * g[i]!) / q })),
    ...d.map((dj, j) => ({
      value: (-dy * y * (dj < 0 ? -1 : 1) * Math.abs(f[j + 1]!)) / q,
      size: (Math.abs(dy) * sizeOfY * g[j + 1]!) / q,
    })),
  ];
}

describe('gradients whose factors are tiny or huge, and whose product is neither', () => {
  beforeAll(() => useBackend('wasm'));

  it.each([
    ['hermite', 5, 4, 512, 2 ** -124],
    ['hermite', 8, 8, 32, 2 ** -100],
    ['hermite-phys', 9, 8, 8, 2 ** -100],
    ['hermite-phys', 16, 15, 4, 2 ** -100],
  ] as const)('%s %d/%d up to |x| = %d', async (basis, m, n, radius, slack) => {
    const { op } = await emitAndLoad(specOf(basis, m, n), arithmeticOnly);
    let state = 1;
    const random = (): number => (state = (state * 16807) % 2147483647) / 2147483647;
    const power = (from: number, to: number): number =>
      Math.fround((random() < 0.5 ? -1 : 1) * 2 ** (from + (to - from) * random()));

    for (let k = 0; k < 1500; k++) {
      const c = Array.from({ length: m + 1 }, () => (random() < 0.5 ? 0 : power(k % 2 === 0 ? -100 : -10, 12)));
      const d = Array.from({ length: n }, () => (random() < 0.3 ? 0 : power(-30, 12)));
      const x = random() < 0.3 ? power(-120, 0) : power(0, Math.log2(radius));
      const dy = power(-66, 16);
      // A whole turn of vectors, of which one element counts.
      const { dc, dd } = valueAndGradients(op, Array<number>(16).fill(x), c, d, [dy, ...Array<number>(15).fill(0)]);
      const expected = terms(basis === 'hermite' ? 1 : 2, x, c, d, dy);
      [...dc, ...dd].forEach((sum, i) => {
        const { value, size } = expected[i]!;
        // Not where the parts leave float32.
        if (size > 1e37) return;
        expect(Math.abs(sum - value), `sum ${i} at ${JSON.stringify({ x, dy, c, d })}`).toBeLessThanOrEqual(
          UNITS * 2 ** -24 * size + slack,
        );
      });
    }
  });
});
