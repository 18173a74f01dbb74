import type { Names } from './expr/names.js';
import type { Fit } from './fit/index.js';
import type { NamedProgram, Program } from './program.js';
import type { Spec } from './spec.js';
import type { OperationCounts } from './stages/count.js';
import type { Gradients } from './stages/differentiate.js';
import type { Expansion } from './stages/expand.js';
import type { Form } from './stages/form.js';
import type { Scaled } from './stages/stabilise.js';
import type { Verdict } from './verify/witness.js';

/** Everything the compiler found out about one activation; the emitter writes it down. */
export interface Activation {
  readonly spec: Spec;
  readonly expansion: Expansion;
  readonly names: Names;
  /** F over the basis, and its gradients likewise: the mathematics, before it becomes a program. */
  readonly form: Form;
  readonly gradients: Gradients;
  /** y, dx, dc0 .. dcm, dd1 .. ddn, weighted by dy, as stabilised. */
  readonly scaled: readonly Scaled[];
  /** In doubles, for the cpu backend: stabilised only where plain arithmetic could overflow. */
  readonly doubles: Program & { readonly stabilised: boolean };
  /** In float32, for composed ops: always stabilised. */
  readonly singles: Program;
  /** Never stabilised, for shaders: as float32 where that is safe, as wide numbers elsewhere. F comes last in it. */
  readonly unscaled: Program;
  /**
   * In float32, for kernels that fall back on `doubles` where it could overflow: never stabilised, and split into even
   * and odd halves where the basis has parity; of F last and F lifted (stages/lift.ts) the cheaper one.
   */
  readonly plain: NamedProgram;
  readonly fit: Fit;
  readonly counts: { readonly forward: OperationCounts; readonly backward: OperationCounts };
  readonly verdict: Verdict;
  /** Where the numbers leave float32's exact range, or float16: lines for people. */
  readonly cautions: readonly string[];
}
