/** How many values lie within so many units of their judged size; the last is for those beyond. */
export const LIMITS = [1, 2, 4, 8, 16, 32, Infinity] as const;

/** What was found out about one output, y or dx. Mutable; plain data, for it travels between threads and into a file. */
export interface Tally {
  /** NaN for a finite x. */
  nan: number;
  /** Infinities where the true value is within float32. */
  infinite: number;
  /** Finite values where the true value is beyond float32 by more than rounding. */
  missed: number;
  /** Numbers in place of NaN where x is NaN. */
  lost: number;
  /** Values right at a kink, where either side's slope is right: finite, and not judged further. */
  kinks: number;
  /** Counts by LIMITS. */
  within: number[];
  worst: number;
  /** The x of the worst error. */
  worstAt: number;
}

export const emptyTally = (): Tally => ({
  nan: 0,
  infinite: 0,
  missed: 0,
  lost: 0,
  kinks: 0,
  within: LIMITS.map(() => 0),
  worst: 0,
  worstAt: 0,
});

export function addTally(to: Tally, from: Tally): void {
  for (const key of ['nan', 'infinite', 'missed', 'lost', 'kinks'] as const) to[key] += from[key];
  from.within.forEach((count, i) => (to.within[i]! += count));
  if (from.worst > to.worst) {
    to.worst = from.worst;
    to.worstAt = from.worstAt;
  }
}

const UNIT = 2 ** -24;
const FLOAT32_MAX = (2 - 2 ** -23) * 2 ** 127;

/** Below the smallest normal number float32 arithmetic loses digits, and some devices flush to zero. */
const SLACK = 2 ** -126;

/** A true value so near to the largest float32 may round either way. */
const EDGE = 64 * UNIT;

/**
 * Judges one value: its error in units of the judged size, |computed - true| / (2^-24 size), beyond SLACK; what is not
 * finite by whether the true value is.
 */
export function judge(tally: Tally, x: number, computed: number, truth: number, size: number): void {
  const beyond = Math.abs(truth) > FLOAT32_MAX * (1 + EDGE);
  if (Number.isFinite(computed)) {
    if (beyond) {
      tally.missed++;
      return;
    }
    const units = Math.max(0, Math.abs(computed - truth) - SLACK) / (UNIT * size);
    let bucket = 0;
    while (units > LIMITS[bucket]!) bucket++;
    tally.within[bucket]!++;
    if (units > tally.worst) {
      tally.worst = units;
      tally.worstAt = x;
    }
  } else if (Number.isNaN(computed)) tally.nan++;
  else if (Math.abs(truth) > FLOAT32_MAX * (1 - EDGE) && computed > 0 === truth > 0) tally.within[0]!++;
  else tally.infinite++;
}
