import { inArray, slotOf } from '../coefficients.js';
import type { Output } from '../../stages/share.js';

/**
 * `let c2 = real(numerator(2));` for each coefficient that is used: functions of the shader around the text know where
 * its set of coefficients lies.
 */
export const loads = (used: Iterable<string>, type: 'real' | 'wide'): readonly string[] => {
  const names = [...used];
  const load = (array: 'c' | 'd', from: string): readonly string[] =>
    inArray(names, array).map((name) => `let ${name} = ${type}(${from}(${slotOf(name)}));`);
  return [...load('c', 'numerator'), ...load('d', 'denominator')];
};

/** Names that the text around declares: inputs and outputs. */
export const named = (outputs: readonly Output[]): readonly string[] => [
  'x',
  'dy',
  ...outputs.map((output) => output.name),
];
