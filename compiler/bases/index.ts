import { chebyshevT } from './chebyshev-t.js';
import { chebyshevU } from './chebyshev-u.js';
import { chebyshevV } from './chebyshev-v.js';
import { chebyshevW } from './chebyshev-w.js';
import type { Family } from './family.js';
import { gegenbauer } from './gegenbauer.js';
import { generalisedLaguerre } from './generalised-laguerre.js';
import { hermite } from './hermite.js';
import { hermitePhys } from './hermite-phys.js';
import { jacobi } from './jacobi.js';
import { laguerre } from './laguerre.js';
import { legendre } from './legendre.js';
import { monomial } from './monomial.js';
import { instance, isInstance, pattern, type ParametricFamily } from './parametric.js';
import { unknownName } from '../did-you-mean.js';
import { UsageError } from '../errors.js';

export type { Family, RecurrenceStep } from './family.js';
export type { ParametricFamily } from './parametric.js';

/** Every family without parameters, in the order in which help and tables show them. */
export const families: readonly Family[] = [
  monomial,
  chebyshevT,
  chebyshevU,
  legendre,
  laguerre,
  hermite,
  hermitePhys,
  chebyshevV,
  chebyshevW,
];

/** Every family with parameters. */
export const parametricFamilies: readonly ParametricFamily[] = [jacobi, gegenbauer, generalisedLaguerre];

/** What `--basis` takes: names, and the form of those with parameters. */
export const basisForms: readonly string[] = [
  ...families.map((family) => family.name),
  ...parametricFamilies.map(pattern),
];

/** Every name and alias, without parameters. */
export const knownNames: readonly string[] = [
  ...new Set([
    ...families.flatMap(({ name, aliases = [] }) => [name, ...aliases]),
    ...parametricFamilies.map(({ name }) => name),
  ]),
];

const CALL = /^\s*([^()]*?)\s*\(([^()]*)\)\s*$/;

/** Finds a family by its name or an alias, or by a name with parameters. Throws UsageError for wrong parameters. */
export function findFamily(text: string): Family | undefined {
  const [, name, parameters] = CALL.exec(text) ?? [];
  if (name === undefined) return families.find((family) => family.name === text || family.aliases?.includes(text));
  const parametric = parametricFamilies.find((family) => family.name === name);
  if (parametric !== undefined) return instance(parametric, parameters!.trim() === '' ? [] : parameters!.split(','));
  if (!knownNames.includes(name)) return undefined;
  throw new UsageError(`the basis ${name} has no parameters, but "${parameters}" is given: use ${name}`);
}

/** The same. Throws UsageError for a name that is unknown, too. */
export function familyNamed(text: string): Family {
  const family = findFamily(text);
  if (family !== undefined) return family;
  const parametric = parametricFamilies.find(({ name }) => name === text.trim());
  if (parametric !== undefined) return instance(parametric, []);
  const [, name] = CALL.exec(text) ?? [];
  throw name === undefined ? unknownName('basis', text, basisForms) : unknownName('basis', name, knownNames);
}

/** Whether it is one of these objects, and not one that somebody made of them. */
export const isBuiltIn = (family: Family): boolean => families.includes(family) || isInstance(family);
