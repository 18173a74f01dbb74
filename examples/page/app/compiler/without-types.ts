/** What is kept as it stands, and after it every form in which emitted modules hold types. */
const TEXTS = /'[^'\n]*'|"(?:[^"\\\n]|\\.)*"|`[^`]*`|\/\/[^\n]*|\/\*[^]*?\*\//;
const IMPORTED = /\btype \w+,?\s*/;
const ANNOTATION = /\??: (?:Float32Array|Tensor|ComposedGradients|PadeLayerArgs|void)\b/;
const ASSERTION = / as (?:const|number\[\])|(?<=\])!/;
const MODIFIER = /\breadonly /;

const FORMS = new RegExp(
  `(${TEXTS.source})|${[IMPORTED, ANNOTATION, ASSERTION, MODIFIER].map(({ source }) => source).join('|')}`,
  'g',
);

/**
 * An emitted module as JavaScript. The page would load all of TypeScript for this otherwise, and what the compiler prints
 * is a small language of known forms.
 */
export const withoutTypes = (module: string): string =>
  module.replace(FORMS, (_, text: string | undefined) => text ?? '');
