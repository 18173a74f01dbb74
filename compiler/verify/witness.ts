import nerdamer from 'nerdamer/all';
import { InternalError } from '../errors.js';
import { exactArithmetic } from '../expr/evaluate.js';
import type { Fraction } from '../exact/rational.js';
import type { Program } from '../program.js';
import type { Spec } from '../spec.js';
import type { Expansion } from '../stages/expand.js';
import { witnessGradients, type Point } from './quotient.js';
import { samplePoints } from './points.js';
import { programValues } from './program-values.js';

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
  const { texts, differences } = witnessPolynomials(expansion);
  if (differences.length > 0) throw new InternalError(differences[0]);
  const points = samplePoints(spec);
  for (const point of points) {
    const expected = witnessGradients(spec, texts, point);
    for (const program of programs) {
      const [first] = programDifferences(program, point, expected);
      if (first === undefined) continue;
      throw new InternalError(`${first.name} is ${first.found} at x = ${first.x}, but the witness has ${first.truth}`);
    }
  }
  return { polynomials: texts.length, gradients: 1 + spec.m + 1 + spec.n, points: points.length };
}

/** nerdamer's own f_0 .. f_top as text, and how the compiler's differ from them, one line each. */
export function witnessPolynomials({ family, polynomials }: Expansion): {
  readonly texts: readonly string[];
  readonly differences: readonly string[];
} {
  const texts = ['1'];
  for (let k = 0; k + 1 < polynomials.length; k++) {
    const { a, b, c } = family.recurrence(k);
    const next = `((${a.toFraction()})*x+(${b.toFraction()}))*(${texts[k]!})-(${c.toFraction()})*(${texts[k - 1] ?? '0'})`;
    texts.push(nerdamer(`expand(${next})`).text('fractions'));
  }
  const differences = texts.flatMap((text, k) => {
    const ours = polynomials[k]!.map((a, power) => `(${a.toFraction()})*x^${power}`).join('+') || '0';
    const difference = nerdamer(`expand((${text})-(${ours}))`).text('fractions');
    if (difference === '0') return [];
    return [`${family.write(String(k))} of the basis ${family.name} is off by ${difference}: the witness has ${text}`];
  });
  return { texts, differences };
}

/** A value that is not the witness's. */
export interface Difference {
  readonly name: string;
  readonly x: string;
  readonly found: string;
  readonly truth: string;
}

/** Where a program, evaluated exactly, differs from `expected`, which holds F and its gradients without dy. */
export function programDifferences(
  program: Program,
  point: Point,
  expected: ReadonlyMap<string, Fraction>,
): readonly Difference[] {
  return [...programValues(program, point, exactArithmetic)].flatMap(([name, value]) => {
    const own = expected.get(name)!;
    const truth = name === 'y' ? own : own.mul(point.dy);
    if (value.equals(truth)) return [];
    return [{ name, x: point.x.toFraction(), found: value.toFraction(), truth: truth.toFraction() }];
  });
}
