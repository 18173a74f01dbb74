import nerdamer from 'nerdamer/all';
import { InternalError } from '../errors.js';
import { evaluate, exactArithmetic } from '../expr/evaluate.js';
import { rational, type Fraction } from '../exact/rational.js';
import type { Program } from '../activation.js';
import type { Spec } from '../spec.js';
import type { Expansion } from '../stages/expand.js';
import { witnessGradients, type Point } from './quotient.js';
import { samplePoints } from './points.js';

/** What the witness looked at and found right. */
export interface Verdict {
  readonly polynomials: number;
  readonly gradients: number;
  readonly points: number;
}

/**
 * The independent witness, nerdamer, on every generation: it expands each f_k from the recurrence by itself, and
 * differentiates the whole quotient by itself. Both programs, as they will be printed, are evaluated exactly at random
 * rational points and must agree to the last digit. Throws InternalError at the first difference.
 */
export function witness(spec: Spec, expansion: Expansion, programs: readonly Program[]): Verdict {
  const polynomials = witnessPolynomials(expansion);
  const points = samplePoints(spec);
  for (const point of points) {
    const expected = witnessGradients(spec, polynomials, point);
    for (const program of programs) compareProgram(program, point, expected);
  }
  return { polynomials: polynomials.length, gradients: 1 + spec.m + 1 + spec.n, points: points.length };
}

/** nerdamer's own f_0 .. f_top as text, after comparing each with the compiler's. */
function witnessPolynomials({ family, polynomials }: Expansion): readonly string[] {
  const texts = ['1'];
  for (let k = 0; k + 1 < polynomials.length; k++) {
    const { a, b, c } = family.recurrence(k);
    const next = `((${a.toFraction()})*x+(${b.toFraction()}))*(${texts[k]!})-(${c.toFraction()})*(${texts[k - 1] ?? '0'})`;
    texts.push(nerdamer(`expand(${next})`).text('fractions'));
  }
  texts.forEach((text, k) => {
    const ours = polynomials[k]!.map((a, power) => `(${a.toFraction()})*x^${power}`).join('+') || '0';
    const difference = nerdamer(`expand((${text})-(${ours}))`).text('fractions');
    if (difference !== '0') {
      throw new InternalError(
        `${family.write(String(k))} of the basis ${family.name} is off by ${difference}: the witness has ${text}`,
      );
    }
  });
  return texts;
}

function compareProgram(program: Program, point: Point, expected: ReadonlyMap<string, Fraction>): void {
  const inputs = new Map<string, Fraction>([
    ['x', point.x],
    ['dy', point.dy],
    ...point.c.map((c, i): [string, Fraction] => [`c${i}`, c]),
    ...point.d.map((d, j): [string, Fraction] => [`d${j + 1}`, d]),
  ]);
  const outputs = [...program.forward, ...program.backward];
  const one = rational(1);
  const exprs = outputs.flatMap((o) => (o.factor === undefined ? [o.expr] : [o.expr, o.factor]));
  const values = [...evaluate(exprs, inputs, exactArithmetic)];
  const found = new Map(
    outputs.map(({ name, sign, factor }) => {
      const value = values.shift()!.mul(factor === undefined ? one : values.shift()!);
      return [name, value.mul(sign)];
    }),
  );
  const wanted = (name: string): Fraction => {
    const { own, other } = outputs.find((output) => output.name === name)!.repair ?? { own: one };
    const scaled = found.get(name)!.mul(own);
    return other === undefined ? scaled : scaled.add(wanted(other.name).mul(other.times));
  };
  for (const { name } of outputs) {
    const value = wanted(name);
    const truth = expected.get(name)!.mul(name === 'y' ? one : point.dy);
    if (value.equals(truth)) continue;
    throw new InternalError(
      `${name} is ${value.toFraction()} at x = ${point.x.toFraction()}, but the witness has ${truth.toFraction()}`,
    );
  }
}
