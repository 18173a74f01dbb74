import type { Worst } from './tally.js';

/** One check of a spec, and what it found. */
export interface Row {
  /** Rows of one group stand together. */
  readonly group: string;
  readonly check: string;
  /** How many values were looked at. */
  readonly count?: number;
  /** The worst error among them, in units of 2^-24 times the judged size, where they are judged by one. */
  readonly units?: number;
  /** Where that was; for a failure, what is wrong; for what was skipped, why. */
  readonly where: string;
  readonly verdict: 'ok' | 'FAIL' | 'skipped';
}

/** A row for a worst error that has a limit. */
export const judgedRow = (group: string, check: string, { count, units, where }: Worst, limit: number): Row => ({
  group,
  check,
  count,
  units,
  where,
  // NaN is no success, and neither is a check that looked at nothing.
  verdict: units <= limit && count > 0 ? 'ok' : 'FAIL',
});

/** A row for things that are right or wrong, exactly. */
export const plainRow = (group: string, check: string, count: number, faults: readonly string[], where = ''): Row => ({
  group,
  check,
  count,
  where: faults.length === 0 ? where : faults[0]! + (faults.length === 1 ? '' : ` (and ${faults.length - 1} more)`),
  verdict: faults.length === 0 && count > 0 ? 'ok' : 'FAIL',
});

export const skippedRow = (group: string, check: string, where: string): Row => ({
  group,
  check,
  where,
  verdict: 'skipped',
});
