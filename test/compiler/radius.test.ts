import { describe, expect, it } from 'vitest';
import { evaluate, type Arithmetic } from '../../compiler/expr/evaluate.js';
import { topological } from '../../compiler/expr/node.js';
import type { Activation } from '../../compiler/activation.js';
import { generate } from '../../compiler/generate.js';
import type { lift } from '../../compiler/stages/lift.js';
import { safeRadius } from '../../compiler/stages/radius.js';
import { SAFE } from '../../compiler/stages/safe.js';
import { arithmeticOnly, specOf } from '../support/emit.js';

const singles: Arithmetic<number> = {
  constant: (value) => Math.fround(value.valueOf()),
  add: (a, b) => Math.fround(a + b),
  sub: (a, b) => Math.fround(a - b),
  mul: (a, b) => Math.fround(a * b),
  div: (a, b) => Math.fround(a / b),
  max: Math.max,
  neg: (a) => -a,
  abs: Math.abs,
  sgn: (a) => (a < 0 ? -1 : 1),
};

const activationOf = (basis: string, m: number, n: number, denominator?: string): Activation =>
  generate(specOf(basis, m, n, denominator), arithmeticOnly).activation;

/** The largest magnitude among all intermediate values in float32. */
function largest({ plain, spec }: Activation, x: number, c: number, d: number, dy: number): number {
  const nodes = topological([...plain.forward, ...plain.backward].map((output) => output.expr));
  const inputs = new Map([
    ['x', x],
    ['dy', dy],
    // Signs alternate, so that no basis cancels its sums.
    ...Array.from({ length: spec.m + 1 }, (_, i): [string, number] => [`c${i}`, i % 2 === 0 ? c : -c]),
    ...Array.from({ length: spec.n }, (_, j): [string, number] => [`d${j + 1}`, j % 2 === 0 ? -d : d]),
  ]);
  return Math.max(...evaluate(nodes, inputs, singles).map(Math.abs));
}

describe('the radius within which float32 needs no stabilising', () => {
  it.each([
    ['hermite', 5, 4, 'sum-abs'],
    ['monomial', 5, 4, 'sum-abs'],
    ['laguerre', 4, 6, 'sum-abs'],
    ['legendre', 7, 6, 'abs-sum'],
    ['chebyshev-t', 3, 9, 'abs-sum'],
    ['hermite-phys', 2, 0, 'sum-abs'],
  ] as const)('leaves room for every sum of %s %d/%d %s', (basis, m, n, denominator) => {
    const activation = activationOf(basis, m, n, denominator);
    const radius = safeRadius(activation.plain.backward)!;
    for (const x of [radius, -radius, radius / 2, 1, 0]) {
      for (const d of [0, 1e-6, 1, SAFE.coefficient]) {
        for (const c of [0, 1, SAFE.coefficient, -SAFE.coefficient]) {
          // 128 of them may be summed.
          expect(largest(activation, x, c, d, SAFE.heaviest)).toBeLessThan(2 ** 120);
        }
      }
    }
  });

  it('is useful at the degrees in use', () => {
    const { plain } = activationOf('hermite', 5, 4);
    expect([safeRadius(plain.forward), safeRadius(plain.backward)]).toEqual([2 ** 21, 256]);
  });

  it('is none backwards where basis values near 0 are so large that they bring lost digits up again', () => {
    const { plain } = activationOf('hermite-phys', 16, 15);
    expect([safeRadius(plain.forward), safeRadius(plain.backward)]).toEqual([32, undefined]);
    expect(safeRadius(activationOf('hermite-phys', 9, 8).plain.backward)).toBe(8);
  });

  it('is smaller where that lets all dd_j share dy F / Q, unless it leaves a common x to doubles', () => {
    const isLifted = ({ plain }: Activation): boolean =>
      plain.backward.some(({ name, repair }) => name === 'dd1' && repair?.own.valueOf() === 2 ** -16);
    expect(isLifted(activationOf('hermite', 5, 4))).toBe(true);
    expect(isLifted(activationOf('hermite', 8, 8))).toBe(false);
    expect(isLifted(activationOf('hermite', 5, 4, 'abs-sum'))).toBe(false);
  });

  it('counts on 2^16 F: with F itself the same order would lose digits at a common x, and is not taken', () => {
    const stages = {
      ...arithmeticOnly,
      lift: (...[, , , , values]: Parameters<typeof lift>) => ({ values, repairs: new Map() }),
    };
    const { plain } = generate(specOf('hermite', 5, 4), stages).activation;
    expect(safeRadius(plain.backward)).toBe(512);
    expect(plain.backward.every(({ repair }) => repair?.own.valueOf() !== 2 ** -16)).toBe(true);
  });

  it('shrinks as degrees grow, until there is none', () => {
    const radii = [1, 2, 4, 8, 16, 32].map((degree) =>
      safeRadius(activationOf('hermite', degree, degree).plain.backward),
    );
    expect(radii.at(-1)).toBeUndefined();
    radii.slice(1).forEach((radius, i) => expect(radius ?? 0).toBeLessThanOrEqual(radii[i] ?? 0));
  });
});
