import { print, type Io } from './io.js';
import type { Plan } from './plan.js';
import { tableHead, tableLines, tableVerdict } from './verify-table.js';
import type { Stages } from '../generate.js';
import type { Spec } from '../spec.js';
import type { Row } from '../verify/row.js';

/** `--verify`: checks every activation of a plan in depth. Resolves to 1 where a check fails. */
export async function verifyCommand({ jobs }: Plan, io: Io, stages?: Stages): Promise<number> {
  let code = 0;
  for (const [i, { spec }] of jobs.entries()) {
    if (i > 0) await print(io, '\n');
    if (!(await holds(spec, io, stages))) code = 1;
  }
  return code;
}

/** Prints the table of one activation, row by row, and says whether everything in it is right. */
async function holds(spec: Spec, io: Io, stages?: Stages): Promise<boolean> {
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
  return rows.every(({ verdict }) => verdict !== 'FAIL');
}
