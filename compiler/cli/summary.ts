import { join } from 'node:path';
import { paintFor } from './colour.js';
import type { Io } from './io.js';
import { formulas } from '../emit/formulas.js';
import { short } from '../emit/header.js';
import { className } from '../emit/identity.js';
import type { Generation } from '../generate.js';
import { countsText } from '../stages/count.js';

const LABEL_WIDTH = 12;

/** What was generated, for a person: the formula, the initial fit, the cost, what was verified, and the file. */
export function summary({ files, activation }: Generation, directory: string | undefined, io: Io): string {
  const { spec, fit, counts, verdict } = activation;
  const { definition, recurrence, where } = formulas(spec);
  const [low, high] = spec.interval;
  const poles = `F has poles where Q(x) = 0: the initial fit has none on [${low}, ${high}], training may bring some there`;
  const written = [...files].map(([name, text]) => {
    const where = directory === undefined ? 'stdout' : join(directory, name);
    return `${where} (${(Buffer.byteLength(text) / 1000).toFixed(1)} kB): ${className(spec)}`;
  });
  const sections: readonly (readonly [label: string, lines: readonly string[]])[] = [
    ['formula', [...definition, recurrence, ...where]],
    ['caution', [...(spec.denominator === 'none' && spec.n > 0 ? [poles] : []), ...activation.cautions]],
    [
      'initial',
      [
        `${spec.target.name} on [${low}, ${high}]: RMSE ${short(fit.rmse)}, ` +
          `maximum error ${short(fit.maxError)} at x = ${short(fit.maxErrorAt)}`,
        fit.samples.map(({ x, y }) => `F(${x}) = ${short(y)}`).join(', '),
      ],
    ],
    ['operations', [`forward  ${countsText(counts.forward)}`, `backward ${countsText(counts.backward)}`]],
    [
      'verified',
      [
        `against nerdamer: ${count(verdict.polynomials, 'polynomial')}, and F and its ` +
          `${count(verdict.gradients, 'gradient')} exactly at ${count(verdict.points, 'rational point')}`,
      ],
    ],
    ['wrote', written],
  ];
  const paint = paintFor(io.stderr, io.env);
  const label = (text: string): string => paint('bold', text) + ' '.repeat(LABEL_WIDTH - text.length);
  return sections.flatMap(([name, lines]) => lines.map((line, i) => `${label(i === 0 ? name : '')}${line}\n`)).join('');
}

const count = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;
