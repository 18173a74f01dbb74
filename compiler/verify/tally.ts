import type { Judged } from './oracle/truth.js';

/** float32's unit roundoff: errors count in this times the judged size. */
const UNIT = 2 ** -24;
const FLOAT32_MAX = (2 - 2 ** -23) * 2 ** 127;

/**
 * How many units an error may have. The roundings of a three-term recurrence add up with the square of its length; of all
 * classical families Laguerre's comes nearest, with 47 units at degree 16.
 */
export const limitOf = (top: number): number => Math.max(32, (top * top) / 4);

/** How many values were looked at, and the worst error among them. */
export interface Worst {
  readonly count: number;
  readonly units: number;
  readonly where: string;
}

/** The worst error of each output of a kernel, dc_i and dd_j counted together. */
export class Tally {
  private readonly worst = new Map<string, Worst>();

  see(name: string, units: number, where: () => string): void {
    const kind = kindOf(name);
    const { count, ...old } = this.of(kind);
    // A NaN is the worst there is.
    const isWorse = !(units <= old.units) || (units === 0 && old.where === '');
    this.worst.set(kind, {
      count: count + 1,
      ...(isWorse ? { units: isNaN(units) ? Infinity : units, where: where() } : old),
    });
  }

  of(kind: string): Worst {
    return this.worst.get(kind) ?? { count: 0, units: 0, where: '' };
  }

  /** Of all outputs together. */
  total(): Worst {
    const all = [...this.worst.values()];
    const worst = all.reduce((one, other) => (other.units > one.units ? other : one), this.of(''));
    return { ...worst, count: all.reduce((sum, { count }) => sum + count, 0) };
  }
}

const kindOf = (name: string): string => name.replace(/\d+$/, '');

/**
 * The error of a computed float32 in units of its judged size, weight times that of each truth; of several truths the nearest
 * counts. Where the true value is beyond float32 its infinity is right; NaN and what is infinite besides never is.
 */
export function errorInUnits(computed: number, truths: readonly Judged[], weight: number, slack: Slack): number {
  return Math.min(
    ...truths.map(({ value, size, slope, gain }) =>
      one(computed, weight * value, Math.abs(weight) * size, slack.absolute * (1 + slope) + slack.product * gain),
    ),
  );
}

/** Errors that are forgiven, because they are lost below float32's range. */
export interface Slack {
  /** Of the result, and of x. */
  readonly absolute: number;
  /** Of a product on the way. */
  readonly product: number;
  /** Smaller numbers may have become 0 before their sign was asked for. */
  readonly sign: number;
}

function one(computed: number, exact: number, size: number, slack: number): number {
  if (computed === Math.fround(exact)) return 0;
  if (!Number.isFinite(computed)) {
    // At the very edge a true value may round either way.
    const isEdge = Math.abs(exact) > FLOAT32_MAX * (1 - 64 * UNIT) && Math.sign(computed) === Math.sign(exact);
    return isEdge ? 0 : Infinity;
  }
  const error = Math.max(0, Math.abs(computed - exact) - slack);
  return error === 0 ? 0 : error / (UNIT * size);
}
