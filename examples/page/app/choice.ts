/** What a visitor asks for, as typed: the worker checks it with the compiler's own rules. */
export interface Choice {
  readonly basis: string;
  readonly m: string;
  readonly n: string;
  readonly denominator: string;
  readonly target: string;
  /** Two ends with a comma between; empty where the basis stays at home. */
  readonly domain: string;
  /** A switch, as is `zeroCentre`: ON or OFF. */
  readonly normalise: string;
  /** Two ends with a comma between. */
  readonly interval: string;
  readonly norm: string;
  readonly tail: string;
  readonly zeroCentre: string;
}

export type ChoiceField = keyof Choice;

export const ON = 'yes';
export const OFF = 'no';

export const DEFAULT_CHOICE: Choice = {
  basis: 'hermite',
  m: '5',
  n: '4',
  denominator: 'sum-abs',
  target: 'leaky_relu(0.01)',
  domain: '',
  normalise: OFF,
  interval: '-3,3',
  norm: 'least-squares',
  tail: 'bounded',
  zeroCentre: OFF,
};

export const CHOICE_FIELDS = Object.keys(DEFAULT_CHOICE) as readonly ChoiceField[];

export const sameChoice = (one: Choice, other: Choice): boolean =>
  CHOICE_FIELDS.every((field) => one[field] === other[field]);
