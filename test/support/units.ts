// How errors are judged. Runs in Node and in browsers.

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
export function errorInUnits(computed: number, truth: string | number, size: string | number, slack: number): number {
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

  /** `where` is called for the worst only: among a million values most texts would be made for nothing. */
  see(computed: number, truth: string | number, size: string | number, where: string | (() => string)): void {
    const units = errorInUnits(computed, truth, size, this.slack);
    if (units <= this.units && !Number.isNaN(units)) return;
    this.units = Number.isNaN(units) ? Infinity : units;
    this.where = `${typeof where === 'string' ? where : where()}: ${computed} instead of ${truth} (${this.units.toPrecision(3)} units)`;
  }

  expectWithin(units: number): void {
    if (this.units > units) throw new Error(`more than ${units} units off at ${this.where}`);
  }
}
