import type { Fraction } from '../exact/rational.js';

/** One step of a three-term recurrence, f_{k+1} = (a x + b) f_k - c f_{k-1}, with exact rationals. */
export interface RecurrenceStep {
  readonly a: Fraction;
  readonly b: Fraction;
  readonly c: Fraction;
}

/**
 * A family of polynomials {f_k}, f_0 = 1 and f_k of degree exactly k, given by its three-term recurrence.
 * A new basis is one file that exports a `Family`, and one line in `index.ts`.
 */
export interface Family {
  /** The `--basis` name, with its parameters if it has any: `jacobi(1/2,-1/3)`. */
  readonly name: string;
  readonly aliases?: readonly string[];
  /** What a person calls it, e.g. "Hermite (probabilists')". */
  readonly title: string;
  /** How formulas write f_k, for a k that is a number or a letter: `He_k(x)`. */
  readonly write: (k: string) => string;
  /** The recurrence as text. */
  readonly formula: string;
  /** What the formulas need to have explained, a line each: `u = x / 3`. */
  readonly where?: readonly string[];
  /** Class names start with it: `HermitePade` gives `HermitePade5x4`. */
  readonly classPrefix: string;
  /** File names start with it; the name if left out. */
  readonly fileStem?: string;
  /** The weight and interval under which the family is orthogonal; absent where it is not. */
  readonly orthogonality?: { readonly weight: string; readonly interval: string };
  /**
   * Where the family is at home, which is what `--domain a,b` maps [a, b] onto: [-1, 1] if left out. For a weight on an
   * infinite interval it is a finite one that holds 99.5 % of the weight, as +-3 standard deviations do of the normal one.
   */
  readonly home?: readonly [Fraction, Fraction];
  /** A user's own recurrence, as text: the name alone does not say what it is. */
  readonly recurrenceText?: Readonly<Record<keyof RecurrenceStep, string>>;
  /** The step from f_k to f_{k+1}, k >= 0, with f_{-1} = 0. */
  recurrence(k: number): RecurrenceStep;
}

/** The highest degree of P and of Q. */
export const MAX_DEGREE = 32;
