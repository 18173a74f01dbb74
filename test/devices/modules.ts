import { arithmeticOnly, emitAndLoad, specOf, type EmittedModule } from '../support/emit.js';
import type { Activation } from './device.js';

/** What `opau-gen` would write for an activation, but for the fit: loaded. */
export const load = ({ basis, m, n, denominator }: Activation): Promise<EmittedModule> =>
  emitAndLoad(specOf(basis, m, n, denominator), arithmeticOnly);
