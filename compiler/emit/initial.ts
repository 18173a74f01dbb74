import { short } from './fit-lines.js';
import type { Fit } from '../fit/index.js';
import { TAILS, NORMS, type Spec } from '../spec.js';
import { FLOAT32, shortest } from '../targets/number.js';
import { wrapList } from '../targets/wrap.js';

/** `initial` of an emitted spec, as lines of TypeScript. What is infinite or has no value is left out. */
export function initialText(spec: Spec, fit: Fit): readonly string[] {
  const { target, interval, norm, tail, initial } = spec;
  const measured: readonly (readonly [name: string, value: number])[] = [
    ['rmse', fit.rmse],
    ['maxError', fit.maxError],
    ['maxErrorAt', fit.maxErrorAt],
    ['secondMoment', fit.secondMoment],
    ['condition', fit.condition],
  ];
  const samples = fit.samples.filter(({ y }) => Number.isFinite(y));
  return [
    'initial: Object.freeze({',
    `  target: ${quoted(target.name)},`,
    `  interval: Object.freeze([${interval.join(', ')}] as const),`,
    ...(norm === NORMS[0] ? [] : [`  norm: '${norm}',`]),
    ...(tail === TAILS[0] ? [] : [`  tail: '${tail}',`]),
    ...(initial === undefined ? [] : [`  source: ${quoted(initial.source)},`]),
    `  c: ${numbers(fit.c)},`,
    `  d: ${fit.d.length === 0 ? 'Object.freeze([] as number[])' : numbers(fit.d)},`,
    ...measured.flatMap(([name, value]) => (Number.isFinite(value) ? [`  ${name}: ${short(value)},`] : [])),
    ...(fit.slopes.every(Number.isFinite)
      ? [`  slopes: Object.freeze([${fit.slopes.map(short).join(', ')}] as const),`]
      : []),
    '  samples: Object.freeze([',
    ...samples.map(({ x, y }) => `    Object.freeze({ x: ${x}, y: ${short(y)} }),`),
    '  ]),',
    '}),',
  ];
}

function numbers(values: readonly number[]): string {
  const texts = values.map((value) => shortest(value, FLOAT32).replace(/\.0$/, ''));
  return wrapList('Object.freeze([', texts, '])', 88).join('\n    ');
}

/** A user's text as a string literal: JSON escapes everything that could end it. */
const quoted = (text: string): string => (/^[^'\\\p{Cc}]*$/u.test(text) ? `'${text}'` : JSON.stringify(text));
