import type { Diagnosis } from './diagnosis.js';
import { ALLOWED_UNITS, units } from './units.js';

const NAME_WIDTH = 15;
const STATE_WIDTH = 8;

/** The report, for people. */
export function report(diagnoses: readonly Diagnosis[]): string {
  const lines = diagnoses.flatMap((diagnosis) =>
    linesOf(diagnosis).map(
      ([label, text], i) => `${(i === 0 ? diagnosis.name : '').padEnd(NAME_WIDTH)}${label.padEnd(STATE_WIDTH)}${text}`,
    ),
  );
  return `${[...lines, '', verdict(diagnoses)].join('\n')}\n`;
}

function linesOf(diagnosis: Diagnosis): readonly (readonly [label: string, text: string])[] {
  const { state } = diagnosis;
  if (state === 'absent') return [['absent', `npm install ${diagnosis.missing.join(' ')}`]];
  if (state === 'broken') {
    return [
      ['broken', diagnosis.reason],
      ...diagnosis.said.map((line) => ['', `> ${line}`] as const),
      ['cure', diagnosis.cure],
    ];
  }
  const { value, gradients, seconds } = diagnosis.selfTest;
  const errors = `value off by ${units(value)}, gradients by ${units(gradients)} units of 2^-24 (${ALLOWED_UNITS} allowed)`;
  return [
    ['works', diagnosis.found],
    ['test', `${errors}, ${seconds.toFixed(2)} s`],
    ...diagnosis.notes.map(({ text, grave }) => [grave ? 'cure' : 'note', text] as const),
  ];
}

function verdict(diagnoses: readonly Diagnosis[]): string {
  const names = (state: Diagnosis['state']): string =>
    diagnoses
      .filter((d) => d.state === state)
      .map((d) => d.name)
      .join(', ');
  const [working, broken] = [names('works'), names('broken')];
  const works = working === '' ? 'No backend works here.' : `Works here: ${working}.`;
  return `${works}${broken === '' ? '' : ` Broken: ${broken}.`} webgl runs in browsers only.`;
}
