import { describe, expect, it } from 'vitest';
import { InternalError } from '../../compiler/errors.js';
import { rational } from '../../compiler/exact/rational.js';
import { describeFit } from '../../compiler/fit/index.js';
import { generate, STAGES, type Stages } from '../../compiler/generate.js';
import { specOf } from '../support/emit.js';

const run = (faults: Partial<Stages>, basis = 'hermite', m = 3, n = 2, denominator = 'sum-abs'): unknown =>
  generate(specOf(basis, m, n, denominator), { ...STAGES, fit: emptyFit, ...faults });

const emptyFit: Stages['fit'] = (spec) => describeFit(spec, [0, 1, 0, 0], [1, 1]);

describe('the witness finds planted faults', () => {
  it('passes where there is none', () => {
    expect(() => run({})).not.toThrow();
  });

  it('a wrong coefficient in an expanded polynomial', () => {
    const expand: Stages['expand'] = (family, top) => {
      const right = STAGES.expand(family, top);
      const polynomials = right.polynomials.map((p, k) =>
        k === 3 ? [p[0]!, p[1]!.add(rational(1, 1000)), ...p.slice(2)] : p,
      );
      return { ...right, polynomials };
    };
    expect(() => run({ expand })).toThrow(InternalError);
    expect(() => run({ expand })).toThrow(/He_3\(x\) of the basis hermite is off by/);
  });

  it('a wrong derivative of the basis', () => {
    const expand: Stages['expand'] = (family, top) => {
      const right = STAGES.expand(family, top);
      const derivativeSteps = right.derivativeSteps.map((step, k) =>
        k === 2 && step !== undefined ? { ...step, alpha: step.alpha.neg() } : step,
      );
      return { ...right, derivativeSteps };
    };
    expect(() => run({ expand })).toThrow(/dx is .* but the witness has/);
  });

  it.each(['x', 'c', 'd'] as const)('a wrong gradient by %s', (which) => {
    const differentiate: Stages['differentiate'] = (graph, names, calculus, f) => {
      const right = STAGES.differentiate(graph, names, calculus, f);
      if (which === 'x') return { ...right, x: graph.neg(right.x) };
      const list = [...right[which]];
      list[1] = graph.mul(graph.constant(rational(999, 1000)), list[1]!);
      return { ...right, [which]: list };
    };
    const name = { x: 'dx', c: 'dc1', d: 'dd2' }[which];
    expect(() => run({ differentiate })).toThrow(new RegExp(`^${name} is`));
  });

  it('a wrong scale, which only shows beyond |x| = 4', () => {
    const stabilise: Stages['stabilise'] = (graph, names, roots) =>
      STAGES.stabilise(graph, names, roots).map((scaled, i) =>
        i === 0 ? { ...scaled, degree: scaled.degree + 1 } : scaled,
      );
    expect(() => run({ stabilise })).toThrow(/^y is .* at x = -/);
  });

  it('a lost sign of a sum', () => {
    const share: Stages['share'] = (...args) => STAGES.share(...args).map((output) => ({ ...output, sign: 1 }));
    expect(() => run({ share })).toThrow(/^dd1 is/);
  });
});
