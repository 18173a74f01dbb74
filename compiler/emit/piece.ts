import type { Backend } from '../spec.js';

/** The functions of a module, whose bodies are mathematics. */
export type FunctionName = 'forward' | 'backward' | 'composedForward' | 'composedBackward';

/** A place in the template that each activation fills in its own way. */
export type Slot = FunctionName | 'spec' | 'wasm' | 'wasmComment' | 'shader' | 'className' | 'opName';

/**
 * What a stretch of the template is: text that stands in every module, a slot, an import statement of these names and of
 * what the bodies call, or the name of a parameter, which a body may leave unused.
 */
type Content =
  | { readonly text: string }
  | { readonly slot: Slot }
  | { readonly imports: readonly string[]; readonly from: string }
  | { readonly parameter: string; readonly of: FunctionName };

/** A stretch of templates/activation.ts, as templates/embed.mjs cuts it. */
export type Piece = Content & {
  /** Left out where the module has kernels of none of these. */
  readonly carries?: readonly Backend[];
};
