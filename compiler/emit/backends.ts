import type { Backend, Spec } from '../spec.js';

/** Whether the module has kernels of one of these backends. */
export const carries = ({ backends }: Spec, ...names: readonly Backend[]): boolean =>
  names.some((name) => backends.includes(name));
