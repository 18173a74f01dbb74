import { print, type Io } from './io.js';
import { tableHead, tableLines, tableVerdict } from './verify-table.js';
import type { Stages } from '../generate.js';
import type { Spec } from '../spec.js';
import type { Row } from '../verify/row.js';

/** `--verify`: checks one activation in depth and prints a table, row by row. Resolves to 1 where a check fails. */
export async function verifyCommand(spec: Spec, io: Io, stages?: Stages): Promise<number> {
  const { generate, STAGES } = await import('../generate.js');
  const { deepCheck, noWitness } = await import('../verify/deep.js');
  const { typeCheckModule } = await import('./type-check.js');
  const generation = generate(spec, { ...(stages ?? STAGES), witness: noWitness });
  await print(io, tableHead(generation));
  const rows: Row[] = [];
  for await (const row of deepCheck(generation, typeCheckModule)) {
    await print(io, tableLines(row, rows.at(-1)));
    rows.push(row);
  }
  await print(io, tableVerdict(rows));
  return rows.some(({ verdict }) => verdict === 'FAIL') ? 1 : 0;
}
