import { readFileSync } from 'node:fs';
import { expect } from 'vitest';

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../vectors/${name}`, import.meta.url), 'utf8'));

export interface VectorPoint {
  readonly x: number;
  readonly y: string;
  readonly dx: string;
  readonly dc: readonly string[];
  readonly dd: readonly string[];
  /** The sizes by which errors are judged. */
  readonly sy: string;
  readonly sdx: string;
  readonly sdc: readonly string[];
  readonly sdd: readonly string[];
}

export interface VectorCase {
  readonly basis: string;
  readonly denominator: string;
  readonly m: number;
  readonly n: number;
  readonly c: readonly number[];
  readonly d: readonly number[];
  readonly points: readonly VectorPoint[];
}

/** Reference values made with sympy and mpmath at 60 digits, independently of this project. */
export const vectorCases = (read('activations.json') as { cases: readonly VectorCase[] }).cases;

/** f_0 .. f_20 of each basis, exact, lowest power first. */
export const vectorBases = (read('bases.json') as { bases: Readonly<Record<string, readonly (readonly string[])[]>> })
  .bases;

/** How many units of the judged size an error may have; what is reached stands in docs. */
export const UNITS = 32;

const UNIT = 2 ** -24;
const FLOAT32_MAX = (2 - 2 ** -23) * 2 ** 127;

/** Smallest normal float32. Below it products lose digits, and some devices flush to zero. */
const SMALLEST_NORMAL = 2 ** -126;

/**
 * The error of a computed value in units of its judged size, |computed - true| / (2^-24 size). The right answer for a
 * true value beyond float32 is the infinity of its sign; below the normal range float32 has steps of 2^-149.
 */
export function errorInUnits(computed: number, truth: string, size: string, slack: number): number {
  const exact = Number(truth);
  const rounded = Math.fround(exact);
  if (computed === rounded) return 0;
  if (!Number.isFinite(computed)) {
    // A true value at the very edge may round either way.
    return Math.abs(exact) > FLOAT32_MAX * (1 - 64 * UNIT) && Math.sign(computed) === Math.sign(exact) ? 0 : Infinity;
  }
  return Math.max(0, Math.abs(computed - exact) - slack) / (UNIT * Number(size));
}

/** Doubles round once, at the end, to a step of the subnormal range; float32 arithmetic loses digits below it. */
export const SLACK = { doubles: 2 ** -149, singles: SMALLEST_NORMAL } as const;

/** Collects the worst error over many values, and says where it was. */
export class Worst {
  units = 0;
  where = 'nowhere';

  constructor(private readonly slack: number) {}

  see(computed: number, truth: string, size: string, where: string): void {
    const units = errorInUnits(computed, truth, size, this.slack);
    if (units <= this.units && !Number.isNaN(units)) return;
    this.units = Number.isNaN(units) ? Infinity : units;
    this.where = `${where}: ${computed} instead of ${truth} (${this.units.toPrecision(3)} units)`;
  }

  expectWithin(units: number): void {
    expect(this.units, this.where).toBeLessThanOrEqual(units);
  }
}
