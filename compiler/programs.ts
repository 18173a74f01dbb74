import type { Activation } from './activation.js';
import type { Graph } from './expr/graph.js';
import type { Names } from './expr/names.js';
import type { Expr } from './expr/node.js';
import type { Stages } from './passes.js';
import type { NamedProgram, Program } from './program.js';
import type { Spec } from './spec.js';
import { cheaper } from './stages/cheaper.js';
import type { Gradients } from './stages/differentiate.js';
import type { Expansion } from './stages/expand.js';
import type { Form } from './stages/form.js';
import { plainDoublesSuffice } from './stages/range.js';
import type { Output, Repairs } from './stages/share.js';
import { repaired } from './stages/split.js';
import { scaleOf, type Scaled } from './stages/stabilise.js';

/** The mathematics of one activation, and what its programs are built with. */
export interface Source {
  readonly spec: Spec;
  readonly graph: Graph;
  /** Programs share nodes, but not what those are called: this names those of `doubles`, `singles` and `unscaled`. */
  readonly names: Names;
  readonly expansion: Expansion;
  readonly form: Form;
  readonly gradients: Gradients;
}

export type Programs = Pick<Activation, 'scaled' | 'doubles' | 'singles' | 'unscaled' | 'plain'>;

/** Stages 4 to 6: what each number format computes an element. */
export function programs(stages: Stages, source: Source): Programs {
  const { spec, graph, names, expansion, form, gradients } = source;
  const { m, n, denominator } = spec;
  const dy = graph.varying('dy');
  const weighted = [gradients.x, ...gradients.c, ...gradients.d].map((gradient) => graph.mul(dy, gradient));
  const [halvedNames, liftedNames] = [names.fork(), names.fork()];
  const lowered = stages.lower(graph, names, expansion, form.x, [form.y, ...weighted]);
  const scaled = stages.stabilise(graph, names, lowered);

  const outputNames = ['y', 'dx', ...[...form.c, ...form.d].map(({ name }) => `d${name}`)];
  const program = (values: readonly Scaled[], own: Names, quotientsLast: boolean): Program => {
    const named = values.map((value, i) => ({ ...value, name: outputNames[i]! }));
    const shared = (part: typeof named): readonly Output[] =>
      stages.share(graph, own, part, scaleOf(graph, own), (name) => /^d[cd]\d/.test(name), quotientsLast);
    return { forward: shared(named.slice(0, 1)), backward: shared(named.slice(1)) };
  };
  const halved = (own: Names, values: readonly Expr[], quotientsLast: boolean, repairs: Repairs): NamedProgram => {
    const halves = stages.split(graph, own, expansion, form.x, [m, n], values);
    const { forward, backward } = program(halves.exprs.map(unscaledValue), own, quotientsLast);
    return { forward, backward: repaired(backward, new Map([...halves.repairs, ...repairs])), names: own };
  };
  const lifted = (): NamedProgram => {
    const { values, repairs } = stages.lift(graph, liftedNames, form, gradients.dq, weighted);
    return halved(liftedNames, [form.y, ...values], false, repairs);
  };

  const stabilised = !plainDoublesSuffice(expansion, m, n, denominator);
  const singles = program(scaled, names, false);
  const unscaled = program(lowered.map(unscaledValue), names, true);
  const doubles = stabilised ? singles : program(lowered.map(unscaledValue), names, false);
  const plain = halved(halvedNames, [form.y, ...weighted], true, new Map());
  return {
    scaled,
    doubles: { ...doubles, stabilised },
    singles,
    unscaled,
    plain: denominator === 'sum-abs' && n > 0 ? cheaper(plain, lifted()) : plain,
  };
}

/** The programs that are printed, each once. */
export const printed = ({ singles, unscaled, plain, doubles }: Programs): readonly Program[] => [
  singles,
  unscaled,
  plain,
  ...(doubles.stabilised ? [] : [doubles]),
];

const unscaledValue = (expr: Expr): Scaled => ({ expr, degree: 0 });
