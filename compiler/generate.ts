import type { Activation } from './activation.js';
import { emitModule } from './emit/module.js';
import { Graph } from './expr/graph.js';
import { Names } from './expr/names.js';
import { fitInitial } from './fit/index.js';
import type { Program } from './program.js';
import type { Spec } from './spec.js';
import { basisCalculus } from './stages/calculus.js';
import { countOperations } from './stages/count.js';
import { differentiate } from './stages/differentiate.js';
import { expand } from './stages/expand.js';
import { cautions, magnitudes } from './stages/formats.js';
import { form } from './stages/form.js';
import { lower } from './stages/lower.js';
import { plainDoublesSuffice } from './stages/range.js';
import { share, type Output } from './stages/share.js';
import { repaired, split } from './stages/split.js';
import { scaleOf, stabilise } from './stages/stabilise.js';
import { witness } from './verify/witness.js';

export interface Generation {
  /** Path, relative to the output directory, to text. */
  readonly files: ReadonlyMap<string, string>;
  readonly activation: Activation;
}

/** The passes, replaceable one by one: tests plant faults in them to see that the witness finds each. */
export const STAGES = { expand, form, differentiate, lower, split, stabilise, share, witness, fit: fitInitial };
export type Stages = typeof STAGES;

/**
 * From a spec to files: the whole pipeline. Pure, without I/O: the same spec gives the same bytes everywhere, in Node and
 * in browsers. `stages` replaces passes.
 * Throws InternalError where the witness finds that a polynomial or a gradient is not what it should be.
 */
export function generate(spec: Spec, stages: Stages = STAGES): Generation {
  const { family, m, n, denominator } = spec;
  const [graph, names] = [new Graph(), new Names()];

  const expansion = stages.expand(family, Math.max(m, n));
  const f = stages.form(graph, names, m, n, denominator);
  const gradients = stages.differentiate(graph, names, basisCalculus(graph, names, expansion), f);

  const dy = graph.varying('dy');
  const values = [f.y, ...[gradients.x, ...gradients.c, ...gradients.d].map((gradient) => graph.mul(dy, gradient))];
  // Programs share nodes, but not what those are called.
  const plainNames = names.fork();
  const lowered = stages.lower(graph, names, expansion, f.x, values);
  const scaled = stages.stabilise(graph, names, lowered);
  const roots = ['y', 'dx', ...f.c.map((c) => `d${c.name}`), ...f.d.map((d) => `d${d.name}`)];
  const program = (scaledValues: typeof scaled, own = names, quotientsLast = false): Program => {
    const named = scaledValues.map((value, i) => ({ ...value, name: roots[i]! }));
    const shared = (part: typeof named): readonly Output[] =>
      stages.share(graph, own, part, scaleOf(graph, own), (name) => /^d[cd]\d/.test(name), quotientsLast);
    return { forward: shared(named.slice(0, 1)), backward: shared(named.slice(1)) };
  };

  const stabilised = !plainDoublesSuffice(expansion, m, n, denominator);
  const singles = program(scaled);
  const unscaledValues = lowered.map((expr) => ({ expr, degree: 0 }));
  const unscaled = program(unscaledValues, names, true);
  const doubles = stabilised ? singles : program(unscaledValues);
  const halved = stages.split(graph, plainNames, expansion, f.x, [m, n], values);
  const shared = program(
    halved.exprs.map((expr) => ({ expr, degree: 0 })),
    plainNames,
    true,
  );
  const plain = { ...shared, backward: repaired(shared.backward, halved.repairs), names: plainNames };
  const verdict = stages.witness(spec, expansion, [...new Set([singles, unscaled, plain, doubles])]);
  const counts = {
    forward: countOperations(doubles.forward, 0),
    backward: countOperations(doubles.backward, m + 1 + n),
  };
  const fit = stages.fit(spec);
  const activation: Activation = {
    spec,
    expansion,
    names,
    form: f,
    gradients,
    scaled,
    doubles: { ...doubles, stabilised },
    singles,
    unscaled,
    plain,
    fit,
    counts,
    verdict,
    cautions: cautions(spec, magnitudes(spec, expansion, singles, fit)),
  };
  return { files: new Map([emitModule(activation)]), activation };
}
