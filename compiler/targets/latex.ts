import type { Notation } from './notation.js';
import type { Family } from '../bases/index.js';

/** Mathematics in LaTeX: `c_{0} + c_{1} He_{1}(x)`, `\frac{p}{q}`, `\left|d_{1}\right|`. */
export const latex = (family: Family): Notation => ({
  constant: (value) => value.toLatex(),
  name: latexName,
  basis: (index, order) => latexBasis(family, String(index), order),
  abs: (value) => `\\left|${value}\\right|`,
  sgn: (value) => `\\operatorname{sgn}\\left(${value}\\right)`,
  max: (left, right) => `\\max\\left(${left}, ${right}\\right)`,
  product: (left, right) => `${left} \\, ${right}`,
  quotient: (top, bottom) => `\\frac{${top}}{${bottom}}`,
  power: (base, exponent) => `${base}^{${exponent}}`,
  partial: (by) => `\\frac{\\partial F}{\\partial ${latexName(by)}}`,
  hasBars: true,
  parenthesised: (value) => `\\left(${value}\\right)`,
});

/** f_k(x) or f'_k(x): of `He~_12(x)` the index becomes a subscript, several letters are set upright, ~ goes on top. */
export function latexBasis({ write }: Family, k: string, order: 0 | 1): string {
  const symbol = write(k)
    .replace(/^[A-Za-z]{2,}/, '\\mathrm{$&}')
    .replace(/^(.+)~/, '\\tilde{$1}')
    .replace(/([_^])(\w+)/g, '$1{$2}');
  if (order === 0) return symbol;
  return symbol.includes('_') ? symbol.replace('_', "'_") : `\\left(${symbol}\\right)'`;
}

/**
 * `c3` as c_{3}; `df2`, a derivative by x, as f'_{2}; `dc3`, the gradient that goes back to c3, as \bar{c}_{3}; a name made
 * from an operation, such as `abs_d1`, as a word.
 */
export function latexName(name: string): string {
  const [, d, letter, digits] = /^(d(?=[a-z]))?([a-z])(\d*)$/.exec(name) ?? [];
  if (letter === undefined) return `\\mathit{${name.replaceAll('_', '\\_')}}`;
  const isGradient = d !== undefined && 'xycd'.includes(letter);
  const base = isGradient ? `\\bar{${letter}}` : `${letter}${d === undefined ? '' : "'"}`;
  return base + (digits === '' ? '' : `_{${digits}}`);
}

/** Equations under each other. */
export const latexBlock = (equations: readonly (readonly [left: string, right: string])[]): string =>
  ['\\begin{align*}', equations.map(([left, right]) => `  ${left} &= ${right}`).join(' \\\\\n'), '\\end{align*}'].join(
    '\n',
  );
