/** What a visitor asks for, as typed: the worker checks it with the compiler's own rules. */
export interface Choice {
  readonly basis: string;
  readonly m: string;
  readonly n: string;
  readonly denominator: string;
  readonly target: string;
}

export type ChoiceField = keyof Choice;

export const DEFAULT_CHOICE: Choice = {
  basis: 'hermite',
  m: '5',
  n: '4',
  denominator: 'sum-abs',
  target: 'leaky_relu(0.01)',
};

export const sameChoice = (one: Choice, other: Choice): boolean =>
  (Object.keys(DEFAULT_CHOICE) as ChoiceField[]).every((field) => one[field] === other[field]);
