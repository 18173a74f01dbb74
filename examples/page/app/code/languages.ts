import type { Generation } from '../../../../compiler/generate.js';
import { printAlone } from '../../../../compiler/targets/index.js';
import type { LanguageText } from '../compiler/messages.js';
import { LANGUAGES, type Language } from './language-names.js';

const ENDINGS: Readonly<Record<Language, string>> = {
  typescript: '.ts',
  tfjs: '.ops.ts',
  wgsl: '.wgsl',
  glsl: '.glsl',
  wat: '.wat',
  latex: '.tex',
};

/** The texts of one activation: its module, the part of it that is composed of tf ops, and each language alone. */
export function languageTexts({ files, activation }: Generation): Readonly<Record<Language, LanguageText>> {
  const [[name, module]] = [...files] as [[string, string]];
  const text = (language: Language): string => {
    if (language === 'typescript') return module;
    return language === 'tfjs' ? composedOps(module) : printAlone(activation, language);
  };
  const entries = LANGUAGES.map((language): readonly [Language, LanguageText] => [
    language,
    { name: name.replace(/\.ts$/, ENDINGS[language]), text: text(language) },
  ]);
  return Object.fromEntries(entries) as Record<Language, LanguageText>;
}

/** The part of a module that is written in tf ops, as it stands there. */
function composedOps(module: string): string {
  const start = module.lastIndexOf('/**', module.indexOf('\nfunction composedForward'));
  const end = module.indexOf('\n}\n', module.indexOf('\nfunction composedBackward')) + 3;
  return module.slice(start, end);
}
