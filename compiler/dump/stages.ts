import { expandEquations, formEquations, gradientEquations, scaledEquations, sharedEquations } from './equations.js';
import type { Activation } from '../activation.js';
import { latex, latexBlock } from '../targets/latex.js';
import type { Notation } from '../targets/notation.js';
import { plainText } from '../targets/plain-text.js';

/** `left = right`, written. */
export type Equation = readonly [left: string, right: string];

/** Equations that belong together, and what they are of. */
export interface Section {
  readonly title: string;
  readonly equations: readonly Equation[];
}

/** What each stage has made of an activation, in the order of the compiler. */
const STAGES = {
  expand: expandEquations,
  form: formEquations,
  differentiate: gradientEquations,
  stabilise: scaledEquations,
  share: sharedEquations,
} satisfies Readonly<Record<string, (activation: Activation, notation: Notation) => readonly Section[]>>;

export type StageName = keyof typeof STAGES;
export const STAGE_NAMES = Object.keys(STAGES) as readonly StageName[];

export const FORMATS = ['text', 'latex'] as const;
export type Format = (typeof FORMATS)[number];

/** The output of a stage for people, in plain text or LaTeX. */
export function dump(activation: Activation, stage: StageName, format: Format): string {
  const { family } = activation.spec;
  const isLatex = format === 'latex';
  const sections = STAGES[stage](activation, isLatex ? latex(family) : plainText(family));
  return sections
    .map(({ title, equations }) =>
      isLatex
        ? `% ${title}\n${latexBlock(equations)}\n`
        : `# ${title}\n${equations.map(([left, right]) => `${left} = ${right}\n`).join('')}`,
    )
    .join('\n');
}
