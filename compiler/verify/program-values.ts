import type { Program } from '../program.js';
import { evaluate, type Arithmetic } from '../expr/evaluate.js';
import { rational, type Fraction } from '../exact/rational.js';

/** Values for all inputs of a program. */
export interface Inputs<T> {
  readonly x: T;
  readonly dy: T;
  readonly c: readonly T[];
  readonly d: readonly T[];
}

/**
 * y, dx, dc_i and dd_j, the gradients weighted by dy, of a program as it will be printed: with the factors that kernels
 * apply once a call, the signs, and the repairs of sums.
 */
export function programValues<T>(
  program: Program,
  { x, dy, c, d }: Inputs<T>,
  arithmetic: Arithmetic<T>,
): ReadonlyMap<string, T> {
  const inputs = new Map<string, T>([
    ['x', x],
    ['dy', dy],
    ...c.map((value, i): [string, T] => [`c${i}`, value]),
    ...d.map((value, j): [string, T] => [`d${j + 1}`, value]),
  ]);
  const outputs = [...program.forward, ...program.backward];
  const exprs = outputs.flatMap(({ expr, factor }) => (factor === undefined ? [expr] : [expr, factor]));
  const values = [...evaluate(exprs, inputs, arithmetic)];
  const times = (value: T, factor: Fraction): T => arithmetic.mul(value, arithmetic.constant(factor));
  const found = new Map(
    outputs.map(({ name, sign, factor }) => {
      const value = values.shift()!;
      const product = factor === undefined ? value : arithmetic.mul(value, values.shift()!);
      return [name, times(product, rational(sign))];
    }),
  );
  const wanted = (name: string): T => {
    const { repair } = outputs.find((output) => output.name === name)!;
    if (repair === undefined) return found.get(name)!;
    const own = times(found.get(name)!, repair.own);
    return repair.other === undefined ? own : arithmetic.add(own, times(wanted(repair.other.name), repair.other.times));
  };
  return new Map(outputs.map(({ name }) => [name, wanted(name)]));
}
