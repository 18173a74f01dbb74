import { distance } from 'fastest-levenshtein';
import { UsageError } from './errors.js';

/** The known name that `name` was probably meant to be, or undefined where none is near. */
export function closest(name: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map((candidate) => ({ candidate, edits: distance(name.toLowerCase(), candidate.toLowerCase()) }))
    .sort((p, q) => p.edits - q.edits);
  const best = ranked[0];
  return best !== undefined && best.edits <= Math.max(2, Math.floor(name.length / 3)) ? best.candidate : undefined;
}

/** `unknown basis "hermit": …; did you mean "hermite"?`, for a name that is not one of `known`. */
export function unknownName(what: string, name: string, known: readonly string[]): UsageError {
  const near = closest(name, known);
  const hint = near === undefined ? '' : `; did you mean "${near}"?`;
  return new UsageError(`unknown ${what} "${name}": use one of ${known.join(', ')}${hint}`);
}
