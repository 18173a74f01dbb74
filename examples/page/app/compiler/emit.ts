import { className, command } from '../../../../compiler/emit/identity.js';
import { generate } from '../../../../compiler/generate.js';
import type { Spec } from '../../../../compiler/spec.js';
import { countsText } from '../../../../compiler/stages/count.js';
import { languageTexts } from '../code/languages.js';
import type { EmitAnswer } from './messages.js';
import { withoutTypes } from './without-types.js';

/** The whole compiler on one spec: every language, and the module as JavaScript. */
export function emit(spec: Spec): EmitAnswer {
  const started = performance.now();
  const generation = generate(spec);
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
