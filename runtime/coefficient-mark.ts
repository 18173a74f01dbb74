import type { Variable } from '@tensorflow/tfjs-core';

/** Known to every copy of this module: two bundles of one page may each bring their own. */
const MARK = Symbol.for('opau.coefficients');

/** Notes that a variable holds coefficients of a generated layer, for optimisers that treat those by themselves. */
export function markCoefficients(variable: Variable): void {
  Object.defineProperty(variable, MARK, { value: true });
}

/** Whether a variable holds coefficients of a generated layer. */
export const holdsCoefficients = (variable: Variable): boolean => MARK in variable;
