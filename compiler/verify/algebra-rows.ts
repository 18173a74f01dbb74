import type { Activation } from '../activation.js';
import { printed } from '../programs.js';
import { samplePoints } from './points.js';
import { witnessGradients } from './quotient.js';
import { plainRow, type Row } from './row.js';
import { programDifferences, witnessPolynomials, type Difference } from './witness.js';

const GROUP = 'exact fractions, against nerdamer';
const PAIRS = 2;

/** The outputs of a kernel by kind, as tables show them; dd is left out where there is no denominator. */
export const outputKinds = ({
  m,
  n,
}: Activation['spec']): readonly (readonly [kind: string, title: string, count: number])[] => [
  ['y', 'F', 1],
  ['dx', 'dF/dx', 1],
  ['dc', m === 0 ? 'dF/dc_0' : `dF/dc_0 .. dF/dc_${m}`, m + 1],
  ...(n === 0 ? [] : [['dd', n === 1 ? 'dF/dd_1' : `dF/dd_1 .. dF/dd_${n}`, n] as const]),
];

/** Every polynomial, F and every gradient by the computer algebra of another, to the last digit. */
export function algebraRows(activation: Activation): readonly Row[] {
  const { spec, expansion } = activation;
  const { texts, differences } = witnessPolynomials(expansion);
  const programs = printed(activation);
  const points = samplePoints(spec, PAIRS);
  const found: Difference[] = points.flatMap((point) => {
    const expected = witnessGradients(spec, texts, point);
    return programs.flatMap((program) => programDifferences(program, point, expected));
  });
  const faults = (kind: string): string[] =>
    found
      .filter(({ name }) => name.replace(/\d+$/, '') === kind)
      .map(({ name, x, found, truth }) => `${name} is ${short(found)} at x = ${x}, but nerdamer has ${short(truth)}`);
  return [
    plainRow(GROUP, `f_0 .. f_${texts.length - 1}`, texts.length, differences),
    ...outputKinds(spec).map(([kind, title, count]) =>
      plainRow(GROUP, title, count * points.length * programs.length, faults(kind)),
    ),
  ];
}

/** A fraction of hundreds of digits says less than its size. */
const short = (fraction: string): string => {
  if (fraction.length <= 24) return fraction;
  const [numerator, denominator] = fraction.split('/');
  return `about ${ratio(BigInt(numerator!), BigInt(denominator ?? '1')).toPrecision(12)}`;
};

/** Both may be beyond doubles. */
function ratio(numerator: bigint, denominator: bigint): number {
  const excess = Math.max(0, String(denominator).length - 300, String(numerator).length - 300);
  const scale = 10n ** BigInt(excess);
  return Number(numerator / scale) / Number(denominator / scale);
}
