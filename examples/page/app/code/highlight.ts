import { html } from '../dom.js';
import type { Language } from './language-names.js';

/** What stands out, in the order in which it is tried: comments, strings, numbers, words. */
const CODE =
  /(?<comment>\/\/[^\n]*|\/\*[^]*?\*\/)|(?<string>'[^'\n]*'|"[^"\n]*")|(?<number>\b0x[0-9a-f]+u?\b|\b\d+(?:\.\d*)?(?:e[-+]?\d+)?[uf]?\b)|(?<word>\b(?:import|export|from|const|let|var|function|fn|return|for|if|else|class|extends|static|readonly|new|as|type|struct|alias|void|int|uint|float|vec4|bool|break|continue|super|constructor)\b)/g;
const WAT =
  /(?<comment>;;[^\n]*)|(?<string>"[^"\n]*")|(?<word>(?<=\()[a-z][\w.]*)|(?<number>(?<![\w$.])-?(?:0x[0-9a-f]+|\d+(?:\.\d*)?(?:e[-+]?\d+)?)(?![\w.]))/g;

const LATEX = /(?<comment>%[^\n]*)|(?<word>\\[a-zA-Z]+)|(?<number>\b\d+\b)/g;

/** The text with its comments, strings, numbers and keywords in elements of their own; the text itself stays as it is. */
export function highlight(text: string, language: Language): DocumentFragment {
  const fragment = document.createDocumentFragment();
  let done = 0;
  for (const match of text.matchAll(language === 'wat' ? WAT : language === 'latex' ? LATEX : CODE)) {
    const kind = Object.entries(match.groups!).find(([, found]) => found !== undefined)![0];
    if (match.index > done) fragment.append(text.slice(done, match.index));
    fragment.append(html('span', { class: `hl-${kind}` }, match[0]));
    done = match.index + match[0].length;
  }
  fragment.append(text.slice(done));
  return fragment;
}
