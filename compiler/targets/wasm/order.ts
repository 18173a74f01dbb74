import { isStructure, type Code } from './code.js';

/*
 * V8 from version 13 on keeps the order of pure operations within a block, and a kernel has more values than there are registers:
 * what is computed before it is needed goes to the stack and back. So values stand close to their use.
 */

/** The statements, in order, with `added` after the one that sets a local, or before all where none does. */
export function afterSet(statements: readonly Code[], local: string, added: readonly Code[]): readonly Code[] {
  const at = statements.findIndex((code) => setsLocal(code, local)) + 1;
  return [...statements.slice(0, at), ...added, ...statements.slice(at)];
}

/** The statements, in order, with `added` before the first that reads a local, or after all where none does. */
export function beforeUse(statements: readonly Code[], local: string, added: readonly Code[]): readonly Code[] {
  const first = statements.findIndex((code) => readsOf(code).has(local));
  const at = first < 0 ? statements.length : first;
  return [...statements.slice(0, at), ...added, ...statements.slice(at)];
}

const setsLocal = (code: Code, local: string): boolean =>
  !isStructure(code) && code.op === 'local.set' && code.immediate === local;

function readsOf(code: Code): ReadonlySet<string> {
  if (isStructure(code)) throw new RangeError('straight-line code has no structures');
  const own = code.op === 'local.get' ? [String(code.immediate)] : [];
  return new Set([...own, ...code.operands.flatMap((operand) => [...readsOf(operand)])]);
}
