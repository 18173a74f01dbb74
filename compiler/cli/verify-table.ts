import { className, command } from '../emit/identity.js';
import type { Generation } from '../generate.js';
import type { Row } from '../verify/row.js';
import { limitOf } from '../verify/tally.js';

const WIDTHS = { verdict: 10, check: 28, count: 9, units: 11 } as const;

const line = (verdict: string, check: string, count: string, units: string, where: string): string => {
  const left = verdict.padEnd(WIDTHS.verdict) + check.padEnd(WIDTHS.check);
  return `${`${left}${count.padStart(WIDTHS.count)}${units.padStart(WIDTHS.units)}  ${where}`.trimEnd()}\n`;
};

/** What is checked, and what the columns say. */
export function tableHead({ activation: { spec } }: Generation): string {
  const limit = limitOf(Math.max(spec.m, spec.n));
  return [
    `${className(spec)}: ${command(spec)}\n`,
    'errors in units of 2^-24 times the judged size, the sum of the magnitudes of the terms over Q;\n',
    `kernels may be ${limit} units off\n\n`,
    line('', '', 'values', 'worst', 'where'),
  ].join('');
}

/** The line of one check, below that of its group if it is the group's first. */
export function tableLines({ group, check, count, units, where, verdict }: Row, above: Row | undefined): string {
  const title = group === above?.group ? '' : `${group}\n`;
  return title + line(`  ${verdict}`, check, String(count ?? ''), unitsText(units), units === 0 ? '' : where);
}

const unitsText = (units: number | undefined): string => {
  if (units === undefined || units === 0) return units === undefined ? '' : '0';
  return Number.isFinite(units) ? units.toPrecision(2) : 'NaN or inf';
};

export function tableVerdict(rows: readonly Row[]): string {
  const of = (verdict: Row['verdict']): number => rows.filter((row) => row.verdict === verdict).length;
  const [failed, skipped] = [of('FAIL'), of('skipped')];
  const done = rows.length - skipped;
  const note = skipped === 0 ? '' : `, ${skipped} skipped`;
  return failed === 0 ? `\nall ${done} checks passed${note}\n` : `\n${failed} of ${done} checks FAILED${note}\n`;
}
