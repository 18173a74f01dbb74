/** The compiler as a library: what `opau-gen` does, without its command line. */

/** From a spec to a map of paths to texts. Writes nothing, and runs in browsers. */
export { generate, type Generation, type Stages } from './generate.js';
export type { Activation } from './activation.js';
export type { Program } from './program.js';
/** Checks what to generate; `DENOMINATORS` and `MAX_DEGREE` are what it allows. */
export { defineSpec, DENOMINATORS, MAX_DEGREE, type Denominator, type Spec, type SpecRequest } from './spec.js';
/** The families of polynomials: `--basis`. */
export { families, findFamily, parametricFamilies, type Family } from './bases/index.js';
/** A family of one's own, by its recurrence: a value for `SpecRequest.basis`. */
export { recurrenceFamily, type RecurrenceRequest } from './bases/recurrence.js';
/** The same function in another basis, exactly. */
export { convert, type Coefficients, type NamedBasis } from './convert.js';
export { resolveBasis, type Basis, type BasisRequest } from './bases/resolve.js';
/** Functions to fit to: by name at once, by a formula in x asynchronously. */
export { parseTarget, resolveTarget, targetNames, type Target } from './fit/targets.js';
export type { Fit } from './fit/index.js';
export type { OperationCounts } from './stages/count.js';
export type { Verdict } from './verify/witness.js';
/** A mistake of the caller's, and a fault of the compiler's. */
export { InternalError, UsageError } from './errors.js';
/** For opau.config.ts: what `opau-gen` is to generate. */
export { defineConfig, type ActivationConfig, type Config } from './config.js';
export { VERSION } from './version.js';
