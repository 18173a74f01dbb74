import type { Names } from './expr/names.js';
import type { Output } from './stages/share.js';

/** The kernels of one number format: outputs an element. */
export interface Program {
  /** y. */
  readonly forward: readonly Output[];
  /** dx, dc0 .. dcm, dd1 .. ddn, each weighted by dy. */
  readonly backward: readonly Output[];
}

/** A program whose values have names of their own. */
export type NamedProgram = Program & { readonly names: Names };
