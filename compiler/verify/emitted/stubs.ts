import { CORE_FUNCTIONS, RUNTIME_FUNCTIONS } from '../../targets/tfjs.js';

/** A function of float32 numbers: operands and result are rounded, as tfjs does with the numbers it is given. */
const float32 = (parameters: string, result: string): string => {
  const rounded = parameters.split(', ').map((name) => `${name} = Math.fround(${name});`);
  return `(${parameters}) => { ${rounded.join(' ')} return Math.fround(${result}); }`;
};

/**
 * What an emitted module imports, as JavaScript: one number stands for a tensor, a list of numbers for the coefficients,
 * and a sum over elements has one. defineActivation hands back what it is given.
 */
export const STUBS: ReadonlyMap<string, string> = new Map([
  ['add', float32('a, b', 'a + b')],
  ['sub', float32('a, b', 'a - b')],
  ['mul', float32('a, b', 'a * b')],
  ['div', float32('a, b', 'a / b')],
  ['maximum', float32('a, b', 'Math.max(a, b)')],
  ['neg', float32('a', '-a')],
  ['abs', float32('a', 'Math.abs(a)')],
  ['sgn', float32('a', 'a < 0 ? -1 : 1')],
  ['columns', '(list) => list'],
  ['fromColumns', '(list) => list'],
  ['total', '(value) => value'],
  ['zerosLike', '(list) => list.map(() => 0)'],
  ['defineActivation', '(definition) => definition'],
  ['PadeLayer', 'class {}'],
  ['serialization', '{ registerClass() {} }'],
]);

/** The printer's functions that have no stand-in: a test holds this empty. */
export const withoutStub = [...CORE_FUNCTIONS, ...RUNTIME_FUNCTIONS].filter((name) => !STUBS.has(name));
