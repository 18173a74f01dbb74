import { arithmeticOnly, emitAndLoad, specOf, type EmittedModule } from '../support/emit.js';
import type { Spec } from '../../compiler/spec.js';
import type { Activation } from './device.js';

/** What `opau-gen` would write for an activation, but for the fit: loaded. */
export const load = (of: Activation): Promise<EmittedModule> => emitAndLoad(specFor(of), arithmeticOnly);

export const specFor = ({ basis, m, n, denominator, ...scale }: Activation): Spec =>
  specOf(basis, m, n, denominator, 'leaky_relu', scale);
