// Large elements far apart among many that are not: kernels that compute them in a pass of its own must find each.
import { C, D, HERMITE, repeat, wave, type Case } from '../device.js';
import { evaluate, vector } from '../evaluate.js';
import { check, expectSameBits } from '../judge.js';

/** A prime: no block or workgroup sees the same elements as another. */
const PERIOD = 10_007;

const usual = wave(PERIOD);
/** About one in a thousand, at all places of vectors and workgroups. */
const scattered = usual.map((value, k) => (k % 1009 === 5 ? (k % 2 === 0 ? 1e9 : -1e9) : value));

const scatteredIn = (size: number): Case => ({
  name: `large elements among ${size}`,
  needs: [HERMITE],
  async run(device) {
    const { op } = await device.load(HERMITE);
    const dy = repeat(wave(PERIOD, 1, 1.3), size);
    const without = () => evaluate(op, vector(repeat(usual, size)), vector(C), vector(D), vector(dy));
    const before = await without();
    await check(device, 'large elements among others', HERMITE, op, {
      x: repeat(scattered, size),
      c: C,
      d: D,
      dy,
      period: PERIOD,
    });
    // What one call found is no matter of the next.
    const after = await without();
    for (const part of ['y', 'dx', 'dc', 'dd'] as const)
      expectSameBits(after[part], before[part], `${part} afterwards`);
  },
});

export const scatteredCases: readonly Case[] = [1003, 100_003, 1_200_000].map(scatteredIn);
