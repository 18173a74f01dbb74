import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { anyOperands, cases, shapes, usualOperands, type Shape } from './arbitrary.js';
import { exactTruth, type ExactTruth, type Operands } from './exact-truth.js';
import { findFamily } from '../../compiler/bases/index.js';
import type { ActivationOp } from 'opau/runtime';
import { useBackend } from '../support/backends.js';
import { arithmeticOnly, emitAndLoad, specOf } from '../support/emit.js';
import { valueAndGradients, type ValueAndGradients } from '../support/gradients.js';
import { SLACK, UNITS, Worst } from '../support/units.js';

/** A whole turn of the wasm kernels' vectors; fewer elements run one by one, in doubles. */
const BLOCK = 16;

/** Seconds on an idle machine; exact arithmetic on a busy one takes its time. */
const PATIENCE = 600_000;

/** Generating an activation takes far longer than running it: some, drawn at random, for all properties. */
const POOL = fc.sample(shapes(8), { numRuns: 20, seed: 20240606 });

const WAYS = [
  { name: 'cpu, in doubles', backend: 'cpu', copies: 1, slack: SLACK.doubles },
  { name: 'wasm, one element', backend: 'wasm', copies: 1, slack: SLACK.doubles },
  { name: 'wasm, a block', backend: 'wasm', copies: BLOCK, slack: SLACK.singles },
] as const;

async function opOf({ basis, m, n, denominator }: Shape): Promise<ActivationOp> {
  return (await emitAndLoad(specOf(basis, m, n, denominator), arithmeticOnly)).op;
}

/** The kernels at one point; copies of it, each with its share of dy, change nothing but the way through the kernel. */
function run(op: ActivationOp, { x, dy, c, d }: Operands, copies: number): ValueAndGradients {
  const [xs, dys] = [x, dy / copies].map((value) => Array<number>(copies).fill(value));
  return valueAndGradients(op, xs!, c, d, dys);
}

function compare(worst: Worst, found: ValueAndGradients, truth: ExactTruth, copies: number, where: string): void {
  const see = (name: string, computed: number, { value, size }: { value: number; size: number }): void =>
    worst.see(computed, value, size, `${name}, ${where}`);
  see('y', found.y[0]!, truth.y);
  found.dc.forEach((value, i) => see(`dc_${i}`, value, truth.dc[i]!));
  // Beside a kink there are two right answers.
  if (truth.kink) return;
  see('dx', found.dx[0]! * copies, truth.dx);
  found.dd.forEach((value, j) => see(`dd_${j + 1}`, value, truth.dd[j]!));
}

describe.each(WAYS)('any finite x, for activations up to degree 8: $name', ({ backend, copies, slack }) => {
  beforeAll(async () => {
    for (const shape of POOL) await opOf(shape);
    await useBackend(backend);
  }, PATIENCE);

  it(
    `is within ${UNITS} units of exact arithmetic, value and every gradient`,
    async () => {
      await fc.assert(
        fc.asyncProperty(cases(POOL, usualOperands), async ([shape, operands]) => {
          const truth = exactTruth(findFamily(shape.basis)!, shape.denominator, operands);
          // At a pole there is nothing to compare; near one digits are lost without bound, and the judged size says so.
          if (truth === undefined || !Number.isFinite(truth.y.size)) return;
          const worst = new Worst(slack);
          compare(worst, run(await opOf(shape), operands, copies), truth, copies, JSON.stringify(shape));
          worst.expectWithin(UNITS);
        }),
        { numRuns: 400, seed: 20240607 },
      );
    },
    PATIENCE,
  );

  it(
    'is never NaN for finite numbers, unless infinities of the true parts cancel',
    async () => {
      await fc.assert(
        fc.asyncProperty(cases(POOL, anyOperands), async ([shape, operands]) => {
          const truth = exactTruth(findFamily(shape.basis)!, shape.denominator, operands);
          if (truth === undefined || truth.pole) return;
          const { y, dx, dc, dd } = run(await opOf(shape), operands, copies);
          for (const value of [...y, ...dx, ...dc, ...dd]) expect(value).not.toBeNaN();
        }),
        { numRuns: 400, seed: 20240608 },
      );
    },
    PATIENCE,
  );
});
