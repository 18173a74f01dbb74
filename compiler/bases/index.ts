import { chebyshevT } from './chebyshev-t.js';
import { chebyshevU } from './chebyshev-u.js';
import type { Family } from './family.js';
import { hermite } from './hermite.js';
import { hermitePhys } from './hermite-phys.js';
import { laguerre } from './laguerre.js';
import { legendre } from './legendre.js';
import { monomial } from './monomial.js';

export type { Family, RecurrenceStep } from './family.js';

/** Every family the compiler knows, in the order in which help and tables show them. */
export const families: readonly Family[] = [monomial, chebyshevT, chebyshevU, legendre, laguerre, hermite, hermitePhys];

/** Finds a family by its name or an alias. */
export function findFamily(name: string): Family | undefined {
  return families.find((family) => family.name === name || family.aliases?.includes(name));
}
