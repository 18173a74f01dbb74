import { expandEquations, formEquations, gradientEquations, scaledEquations, sharedEquations } from './equations.js';
import type { Format, StageName } from './names.js';
import type { Equation, Section } from './section.js';
import type { Activation } from '../activation.js';
import { latex, latexBlock } from '../targets/latex.js';
import type { Notation } from '../targets/notation.js';
import { plainText } from '../targets/plain-text.js';

/** What each stage has made of an activation. */
const STAGES: Readonly<Record<StageName, (activation: Activation, notation: Notation) => readonly Section[]>> = {
  expand: expandEquations,
  form: formEquations,
  differentiate: gradientEquations,
  stabilise: scaledEquations,
  share: sharedEquations,
};

/** The output of a stage for people, in plain text or LaTeX. */
export function dump(activation: Activation, stage: StageName, format: Format): string {
  const { family } = activation.spec;
  const isLatex = format === 'latex';
  const sections = STAGES[stage](activation, isLatex ? latex(family) : plainText(family));
  const comment = (text: string): string => `${isLatex ? '%' : '#'} ${text}\n`;
  const block = (equations: readonly Equation[]): string =>
    isLatex ? `${latexBlock(equations)}\n` : equations.map(([left, right]) => `${left} = ${right}\n`).join('');
  const where = (family.where ?? []).map(comment).join('');
  return sections.map(({ title, equations }) => comment(title) + where + block(equations)).join('\n');
}
