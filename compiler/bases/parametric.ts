import type { Family } from './family.js';
import { UsageError } from '../errors.js';
import { parseRational, RATIONAL_FORM } from '../exact/parse.js';
import type { Fraction } from '../exact/rational.js';

export interface Parameter {
  readonly name: string;
  /** What it may be, in words: `greater than -1`. */
  readonly condition: string;
  readonly allows: (value: Fraction) => boolean;
  /** A value to show. */
  readonly example: string;
}

/** Families with exact rational parameters. A new one is one file that exports this, and one line in `index.ts`. */
export interface ParametricFamily {
  /** `jacobi`, for `--basis "jacobi(1/2,-1/3)"`. */
  readonly name: string;
  readonly parameters: readonly Parameter[];
  /** The family for parameters that are allowed; what names it is added by `instance`. */
  readonly make: (...values: readonly Fraction[]) => Omit<Family, 'name' | 'classPrefix' | 'fileStem' | 'aliases'>;
}

/** `jacobi(alpha,beta)`. */
export const pattern = ({ name, parameters }: ParametricFamily): string =>
  `${name}(${parameters.map((parameter) => parameter.name).join(',')})`;

/** `jacobi(1/2,-1/3)`. */
export const example = ({ name, parameters }: ParametricFamily): string =>
  `${name}(${parameters.map((parameter) => parameter.example).join(',')})`;

/** The family for parameters as text. Throws UsageError. */
export function instance(parametric: ParametricFamily, texts: readonly string[]): Family {
  const { name, parameters, make } = parametric;
  const use = `use ${pattern(parametric)}, such as ${example(parametric)}`;
  if (texts.length !== parameters.length) {
    throw new UsageError(`the basis ${name} has ${counted(parameters.length)}, but ${texts.length} are given: ${use}`);
  }
  const values = parameters.map(({ name: parameter, condition, allows }, i) => {
    const value = parseRational(texts[i]!);
    if (value !== undefined && allows(value)) return value;
    const wanted = value === undefined ? RATIONAL_FORM : condition;
    throw new UsageError(
      `the ${parameter} of the basis ${name} is ${JSON.stringify(texts[i])}: it must be ${wanted}; ${use}`,
    );
  });
  const family = make(...values);
  const given = parameters.map((parameter, i) => `${parameter.name} = ${values[i]!.toFraction()}`);
  const words = values.map(inName);
  const made: Family = Object.freeze({
    ...family,
    name: `${name}(${values.map((value) => value.toFraction()).join(',')})`,
    where: [...(family.where ?? []), given.join(', ')],
    classPrefix: `${name.charAt(0).toUpperCase()}${name.slice(1)}${words.map(capital).join('And')}Pade`,
    fileStem: [name, ...words].join('-'),
  });
  instances.add(made);
  return made;
}

const instances = new WeakSet<Family>();
export const isInstance = (family: Family): boolean => instances.has(family);

/** A rational as a word of a file name: `m1o3` is -1/3 (minus, over). */
export const inName = (value: Fraction): string => value.toFraction().replace('-', 'm').replace('/', 'o');

/** The same in a class name: `M1o3`. */
export const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

const counted = (count: number): string => (count === 1 ? 'one parameter' : `${count} parameters`);
