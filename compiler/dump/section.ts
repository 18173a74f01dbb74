/** `left = right`, written. */
export type Equation = readonly [left: string, right: string];

/** Equations that belong together, and what they are of. */
export interface Section {
  readonly title: string;
  readonly equations: readonly Equation[];
}
