// Against test/vectors: true values at 60 digits, made independently of this project.
import { Worst, type VectorCase } from '../../support/units.js';
import { activation, BASES, DENOMINATORS, nameOf, type Activation, type Case, type Device } from '../device.js';
import { evaluate, vector } from '../evaluate.js';
import { conclude } from '../judge.js';

type Degrees = readonly [m: number, n: number];

const SMALL: Degrees = [3, 2];
const OTHERS: readonly Degrees[] = [
  [5, 4],
  [4, 5],
  [1, 1],
  [0, 1],
  [5, 5],
  [7, 6],
  [2, 6],
];

/**
 * The degrees at which a formula is tried: those that other cases need too, and for one denominator of each basis another
 * pair, each of them once. Software graphics cards compile shaders for a second each; test/emitted/vectors.test.ts has
 * all degrees of all formulas, on cpu and wasm.
 */
function degreesOf(basis: string, denominator: string): readonly Degrees[] {
  const turn = BASES.indexOf(basis);
  return denominator === DENOMINATORS[turn % DENOMINATORS.length] ? [SMALL, OTHERS[turn]!] : [SMALL];
}

/** One length for all: backends that compile a program for each shape compile it once. */
const LENGTH = 32;

const padded = (values: readonly number[]): number[] => [
  ...values,
  ...Array<number>(LENGTH - values.length).fill(values[0]!),
];

const casesOf = (device: Device, basis: string, denominator: string): readonly VectorCase[] =>
  device.vectors.filter((vector) => vector.basis === basis && vector.denominator === denominator);

const activationOf = (v: VectorCase): Activation => activation(v.basis, v.m, v.n, v.denominator);

/** y and dx of all points at once. */
async function seeValues(device: Device, v: VectorCase, worst: Worst): Promise<void> {
  const { op } = await device.load(activationOf(v));
  const x = vector(padded(v.points.map((point) => point.x)));
  const { y, dx } = await evaluate(op, x, vector(v.c), vector(v.d));
  v.points.forEach((point, k) => {
    const at = `${nameOf(activationOf(v))} at x = ${point.x}`;
    worst.see(y[k]!, point.y, point.sy, `y, ${at}`);
    worst.see(dx[k]!, point.dx, point.sdx, `dx, ${at}`);
  });
}

/** dc and dd are sums over the elements of a call: each point by itself. */
async function seeSingly(device: Device, v: VectorCase, worst: Worst): Promise<void> {
  const { op } = await device.load(activationOf(v));
  for (const point of v.points) {
    const { dc, dd } = await evaluate(op, vector([point.x]), vector(v.c), vector(v.d));
    seeParameters(worst, v, point, dc, dd);
  }
}

/** The same at every point in one call, in which each element has coefficients of its own. */
async function seeTogether(device: Device, v: VectorCase, worst: Worst): Promise<void> {
  const { op } = await device.load(activationOf(v));
  const x = padded(v.points.map((point) => point.x));
  const each = (values: readonly number[]): { values: number[]; shape: number[] } => ({
    values: x.flatMap(() => values),
    shape: [LENGTH, values.length],
  });
  const { dc, dd } = await evaluate(op, vector(x), each(v.c), each(v.d));
  v.points.forEach((point, k) => seeParameters(worst, v, point, dc.subarray(k * (v.m + 1)), dd.subarray(k * v.n)));
}

function seeParameters(
  worst: Worst,
  v: VectorCase,
  point: VectorCase['points'][number],
  dc: Float32Array,
  dd: Float32Array,
): void {
  const at = `${nameOf(activationOf(v))} at x = ${point.x}`;
  point.dc.forEach((value, i) => worst.see(dc[i]!, value, point.sdc[i]!, `dc_${i}, ${at}`));
  point.dd.forEach((value, j) => worst.see(dd[j]!, value, point.sdd[j]!, `dd_${j + 1}, ${at}`));
}

type See = (device: Device, v: VectorCase, worst: Worst) => Promise<void>;

function vectorsCase(
  name: string,
  [basis, denominator]: readonly [string, string],
  degrees: readonly Degrees[],
  see: See,
): Case {
  const needs = degrees.map(([m, n]) => activation(basis, m, n, denominator));
  return {
    name: `vectors, ${name}: ${basis} ${denominator}`,
    needs,
    async run(device) {
      const worst = new Worst(device.slack);
      const known = new Set(needs.map(nameOf));
      for (const v of casesOf(device, basis, denominator)) {
        if (known.has(nameOf(activationOf(v)))) await see(device, v, worst);
      }
      conclude(device, `vectors, ${name}`, worst);
    },
  };
}

const KINDS = BASES.flatMap((basis) => DENOMINATORS.map((denominator) => [basis, denominator] as const));

export const vectorCases: readonly Case[] = [
  ...KINDS.map((kind) => vectorsCase('y and dx', kind, degreesOf(...kind), seeValues)),
  ...KINDS.map((kind) => vectorsCase('dc and dd', kind, [SMALL], seeSingly)),
  ...KINDS.map((kind) =>
    vectorsCase('dc and dd, coefficients for each element', kind, degreesOf(...kind), seeTogether),
  ),
];
