import type { Activation } from './activation.js';
import { emitModule } from './emit/module.js';
import { Graph } from './expr/graph.js';
import { Names } from './expr/names.js';
import { STAGES, type Stages } from './passes.js';
import { printed, programs } from './programs.js';
import type { Spec } from './spec.js';
import { basisCalculus } from './stages/calculus.js';
import { countOperations } from './stages/count.js';
import { cautions, magnitudes } from './stages/formats.js';

export interface Generation {
  /** Path, relative to the output directory, to text. */
  readonly files: ReadonlyMap<string, string>;
  readonly activation: Activation;
}

export { STAGES, type Stages } from './passes.js';

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

  const made = programs(stages, { spec, graph, names, expansion, form: f, gradients });
  const verdict = stages.witness(spec, expansion, printed(made));
  const counts = {
    forward: countOperations(made.doubles.forward, 0),
    backward: countOperations(made.doubles.backward, m + 1 + n),
  };
  const fit = stages.fit(spec);
  const activation: Activation = {
    spec,
    expansion,
    names,
    form: f,
    gradients,
    ...made,
    fit,
    counts,
    verdict,
    cautions: cautions(spec, magnitudes(spec, expansion, made.singles, fit)),
  };
  return { files: new Map([emitModule(activation)]), activation };
}
