export interface Outcome {
  readonly backend: string;
  readonly firstLoss: number;
  readonly lastLoss: number;
  /** How far training moved the layer's coefficients. */
  readonly moved: number;
  /** The largest difference between what the model says and what the loaded one says. */
  readonly difference: number;
  readonly loadedClass: string;
}

/** What the page found out, for whoever looks at it from outside. */
export interface Findings {
  readonly outcomes: readonly (Outcome | string)[];
  /** What the page's policy said to eval. */
  readonly policy: string;
}
