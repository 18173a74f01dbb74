import type { Generation, Stages } from '../generate.js';
import { algebraRows } from './algebra-rows.js';
import { digitRows } from './digit-rows.js';
import { emittedRows, type TypeCheck } from './emitted-rows.js';
import { Definition } from './oracle/definition.js';
import { loadDigits } from './oracle/digits.js';
import type { Row } from './row.js';

/** Stands in for the witness where its checks are made one by one, and all of them, instead of up to the first fault. */
export const noWitness: Stages['witness'] = () => ({ polynomials: 0, gradients: 0, points: 0 });

/**
 * The deep check of one generated activation, row by row as they are done. Takes seconds at degree 5/4 and below a minute
 * at 16/15. Never throws for a fault of what it checks: that is a row with the verdict FAIL.
 */
export async function* deepCheck({ files, activation }: Generation, typeCheck: TypeCheck): AsyncGenerator<Row> {
  yield* algebraRows(activation);
  const definition = new Definition(activation.spec, await loadDigits());
  yield* digitRows(definition, activation);
  for (const text of files.values()) yield* emittedRows(text, definition, activation, typeCheck);
}
