import type { Spec } from '../spec.js';

/** The mathematics of one activation in lines of plain text, for headers and the command's summary. */
export interface Formulas {
  /** F, P and Q. */
  readonly definition: readonly string[];
  /** f_{k+1} from f_k and f_{k-1}. */
  readonly recurrence: string;
  /** What else the basis needs to have explained. */
  readonly where: readonly string[];
  readonly gradients: readonly string[];
}

const sum = (from: number, to: number, term: (index: string) => string, index: string): string =>
  from === to ? term(String(from)) : `sum_{${index}=${from}..${to}} ${term(index)}`;

export function formulas({ family, m, n, denominator }: Spec): Formulas {
  const f = family.write;
  const bare = (k: string): string => f(k).replace(/\([xu]\)/, '');
  const term = sum(1, n, (j) => `d_${j} ${f(j)}`, 'j');
  const q = {
    'sum-abs': `1 + ${sum(1, n, (j) => `|d_${j} ${f(j)}|`, 'j')}`,
    'abs-sum': `1 + |${term}|`,
    none: `1 + ${term}`,
  }[denominator];
  const slope = {
    'sum-abs': `-F sgn(d_j) |${bare('j')}| / Q`,
    'abs-sum': `-F sgn(A) ${bare('j')} / Q,  A = ${term}`,
    none: `-F ${bare('j')} / Q`,
  }[denominator];
  const numerator = `P(x) = ${sum(0, m, (i) => `c_${i} ${f(i)}`, 'i')}`;
  return {
    definition: n === 0 ? [`F(x) = ${numerator}`] : ['F(x) = P(x) / Q(x)', numerator, `Q(x) = ${q}`],
    recurrence: family.formula,
    where: family.where ?? [],
    gradients:
      n === 0
        ? ["dF/dx   = P'", `dF/dc_i = ${bare('i')}`]
        : ["dF/dx   = (P' - F Q') / Q", `dF/dc_i = ${bare('i')} / Q`, `dF/dd_j = ${slope}`],
  };
}
