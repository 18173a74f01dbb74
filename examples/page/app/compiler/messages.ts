import type { Choice, ChoiceField } from '../choice.js';
import type { Language } from '../code/language-names.js';
import type { Coefficients } from '../shape/sliders.js';

/** What the page asks its compiler workers. `points` are where it wants to see the target. */
export type Question =
  | { readonly kind: 'fit'; readonly choice: Choice; readonly points: Float64Array }
  | { readonly kind: 'sample'; readonly choice: Choice; readonly points: Float64Array }
  /** `fit` is what the fitter answered to the same choice: it is not looked for again. */
  | { readonly kind: 'emit'; readonly choice: Choice; readonly fit: Coefficients };

export interface FitAnswer {
  readonly c: readonly number[];
  readonly d: readonly number[];
  /** The target's canonical name. */
  readonly target: string;
  readonly interval: readonly [number, number];
  /** At the points asked for. */
  readonly targetValues: Float64Array;
  /** At even points of the interval, both ends among them: where errors are measured. */
  readonly onInterval: Float64Array;
}

export interface SampleAnswer {
  readonly targetValues: Float64Array;
}

/** One language's text, and the name of the file that it would be downloaded as. */
export interface LanguageText {
  readonly name: string;
  readonly text: string;
}

export interface EmitAnswer {
  readonly texts: Readonly<Record<Language, LanguageText>>;
  readonly className: string;
  /** The command that writes the same module. */
  readonly command: string;
  /** The TypeScript module without its types, to be run. */
  readonly javascript: string;
  readonly operations: { readonly forward: string; readonly backward: string };
  readonly milliseconds: number;
}

export interface Answers {
  readonly fit: FitAnswer;
  readonly sample: SampleAnswer;
  readonly emit: EmitAnswer;
}

/** A mistake in the visitor's request, with the field it belongs to; or a fault of ours. */
export interface Refusal {
  readonly message: string;
  readonly field?: ChoiceField;
}

/** What the compiler says of a question: what it is at, any number of times, and at last an answer or a refusal. */
export type Reply =
  | { readonly id: number; readonly at: string }
  | { readonly id: number; readonly answer: Answers[keyof Answers] }
  | { readonly id: number; readonly refusal: Refusal };
