import type { Mutant } from './mutants.js';

export type Fate = 'noticed' | 'only by snapshots' | 'missed';
export type Outcome = Mutant & { readonly fate: Fate };

const FATES: readonly Fate[] = ['noticed', 'only by snapshots', 'missed'];

/** docs/mutation.md, with what people found out about the slips that were not noticed. */
export function report(outcomes: readonly Outcome[], total: number, remarks: string): string {
  const files = [...new Set(outcomes.map(({ file }) => file))].sort();
  const count = (fate: Fate, file?: string): number =>
    outcomes.filter((outcome) => outcome.fate === fate && (file === undefined || outcome.file === file)).length;
  const share = ((100 * count('noticed')) / outcomes.length).toFixed(0);
  return [
    '# Slips that the tests notice',
    '',
    '`npm run mutation` changes one sign, index, constant, comparison or operation at a time in `compiler/stages` and',
    '`compiler/targets`, and runs the tests of values. What only the snapshots notice does not count: they show that the text',
    'changed, not that it became wrong.',
    '',
    `Of ${total} places ${outcomes.length} were tried, evenly spread: **${count('noticed')} noticed (${share} %)**, ` +
      `${count('only by snapshots')} by snapshots only, ${count('missed')} missed.`,
    '',
    '| file | noticed | only by snapshots | missed |',
    '|---|---|---|---|',
    ...files.map((file) => `| ${file} | ${FATES.map((fate) => count(fate, file)).join(' | ')} |`),
    '',
    '## Not noticed by values',
    '',
    '| place | slip | |',
    '|---|---|---|',
    ...outcomes
      .filter(({ fate }) => fate !== 'noticed')
      .map(
        ({ file, line, before, after, fate }) =>
          `| ${file}:${line} | \`${code(before)}\` → \`${code(after)}\` | ${fate} |`,
      ),
    '',
    remarks,
  ].join('\n');
}

const code = (text: string): string => text.replaceAll('|', '\\|') || ' ';
