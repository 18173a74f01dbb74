import { className, command } from '../../../../compiler/emit/identity.js';
import { describeFit } from '../../../../compiler/fit/index.js';
import { generate, STAGES, type Stages } from '../../../../compiler/generate.js';
import type { Spec } from '../../../../compiler/spec.js';
import { countsText } from '../../../../compiler/stages/count.js';
import { languageTexts } from '../code/languages.js';
import type { Coefficients } from '../shape/sliders.js';
import type { EmitAnswer } from './messages.js';
import { withoutTypes } from './without-types.js';

/** The whole compiler on one spec: every language, and the module as JavaScript. `tell` hears what it is at. */
export function emit(spec: Spec, fitted: Coefficients, tell: (at: string) => void): EmitAnswer {
  const started = performance.now();
  const generation = generate(spec, stagesOf(fitted, tell));
  const texts = languageTexts(generation);
  const { counts } = generation.activation;
  return {
    texts,
    className: className(spec),
    command: command(spec),
    javascript: withoutTypes(texts.typescript.text),
    operations: { forward: countsText(counts.forward), backward: countsText(counts.backward) },
    milliseconds: performance.now() - started,
  };
}

/** The compiler's own passes, but for the fit, which is known to the last bit; those that take their time say so first. */
const stagesOf = ({ c, d }: Coefficients, tell: (at: string) => void): Stages => ({
  ...STAGES,
  differentiate: (...given) => {
    tell('differentiating');
    return STAGES.differentiate(...given);
  },
  witness: (...given) => {
    tell('nerdamer checks every polynomial and gradient');
    return STAGES.witness(...given);
  },
  fit: (spec) => {
    tell('printing every language');
    return describeFit(spec, c, d);
  },
});
