import { checkFamily } from './check.js';
import { onDomain, parseDomain, type Domain } from './domain.js';
import { familyNamed, type Family } from './index.js';
import { normalised } from './normalise.js';

export interface BasisRequest {
  /** A name, with its parameters if it has any, or a family of one's own from `recurrenceFamily`. */
  readonly basis: string | Family;
  /** [a, b] as exact rationals, such as ['-3', '1/2']. */
  readonly domain?: readonly (string | number)[] | undefined;
  readonly normalise?: boolean | undefined;
}

export interface Basis {
  /** On its domain and normalised, if it is to be. */
  readonly family: Family;
  /** [a, b] onto which the family's home is mapped; undefined where it stays there. */
  readonly domain: Domain | undefined;
  /** Whether the family is orthonormal. */
  readonly normalise: boolean;
}

/** Throws UsageError. */
export function resolveBasis({ basis, domain: written, normalise = false }: BasisRequest): Basis {
  const known = typeof basis === 'string' ? familyNamed(basis) : checkFamily(basis);
  const domain = written === undefined ? undefined : parseDomain(written);
  const placed = onDomain(known, domain);
  return { family: normalise ? normalised(placed) : placed, domain, normalise };
}
