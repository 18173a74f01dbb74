// Parameter gradients: sums over all elements, accurate at any count, and the same bits on every run.
import { C, D, HERMITE, repeat, wave, type Case } from '../device.js';
import { evaluate, vector } from '../evaluate.js';
import { check, expectSameBits } from '../judge.js';

/** A prime: no block or workgroup sees the same elements as another. */
const PERIOD = 10_007;

const sumsOver = (size: number): Case => ({
  name: `parameter gradients over ${size} elements`,
  needs: [HERMITE],
  async run(device) {
    const { op } = await device.load(HERMITE);
    // dy of one sign mostly: sums that grow with the count show what is lost.
    const [x, dy] = [wave(PERIOD), wave(PERIOD, 0.5, 2).map((value) => value + 0.75)];
    const operands = { x: repeat(x, size), c: C, d: D, dy: repeat(dy, size), period: PERIOD };
    const first = await check(device, `sums over ${size}`, HERMITE, op, operands);
    const again = await evaluate(op, vector(operands.x), vector(C), vector(D), vector(operands.dy));
    for (const part of ['dx', 'dc', 'dd'] as const) expectSameBits(again[part], first[part], `${part} run twice`);
  },
});

export const sumCases: readonly Case[] = [1e3, 1e4, 1e5, 1e6].map(sumsOver);
