import type { Opcode } from './opcodes.js';

export type ValueType = 'i32' | 'f32' | 'f64' | 'v128';

/**
 * Code as data: a tree of instructions, each with its operands. It is printed as text for people (text.ts) and encoded
 * as bytes for engines (encode.ts).
 */
export type Code = Instruction | Structure;

export interface Instruction {
  readonly op: Opcode;
  /** A name, an offset in bytes, a lane or a constant, as the instruction has it; one number stands for all lanes. */
  readonly immediate: string | number | undefined;
  readonly operands: readonly Code[];
}

/** `block` is left by a branch to its label, `loop` repeated by one, `if` runs its body where the condition is not 0. */
export interface Structure {
  readonly op: 'block' | 'loop' | 'if';
  readonly label: string;
  readonly condition: Code | undefined;
  readonly body: readonly Code[];
}

export const isStructure = (code: Code): code is Structure =>
  code.op === 'block' || code.op === 'loop' || code.op === 'if';

export type Local = readonly [name: string, type: ValueType];

export interface WasmFunction {
  readonly name: string;
  readonly exported: boolean;
  readonly parameters: readonly Local[];
  readonly result: ValueType | undefined;
  readonly locals: readonly Local[];
  readonly body: readonly Code[];
}

/** A module that works in a memory of somebody else's, `env.memory`. */
export interface WasmModule {
  /** Mutable doubles, or pairs of them, that start at 0. */
  readonly globals: readonly (readonly [name: string, type: 'f64' | 'v128'])[];
  readonly functions: readonly WasmFunction[];
}

/** An instruction without an immediate. */
export const op = (name: Opcode, ...operands: readonly Code[]): Code => ({ op: name, immediate: undefined, operands });

/** An instruction with one. */
export const opWith = (name: Opcode, immediate: string | number, ...operands: readonly Code[]): Code => ({
  op: name,
  immediate,
  operands,
});

export const get = (local: string): Code => opWith('local.get', local);
export const set = (local: string, value: Code): Code => opWith('local.set', local, value);
export const i32 = (value: number): Code => opWith('i32.const', value);
export const call = (name: string, ...operands: readonly Code[]): Code => opWith('call', name, ...operands);

/** The same with other locals. */
export function withLocals(code: Code, nameOf: (local: string) => string): Code {
  const same = (inner: Code): Code => withLocals(inner, nameOf);
  if (isStructure(code)) {
    return { ...code, condition: code.condition && same(code.condition), body: code.body.map(same) };
  }
  const isLocal = code.op === 'local.get' || code.op === 'local.set';
  const immediate = isLocal ? nameOf(String(code.immediate)) : code.immediate;
  return { ...code, immediate, operands: code.operands.map(same) };
}

/** local += bytes */
export const advance = (local: string, bytes: Code): Code => set(local, op('i32.add', get(local), bytes));

export const when = (condition: Code, body: readonly Code[]): Code => ({ op: 'if', label: 'then', condition, body });

/**
 * What a function sets once, before its loop over n elements. Engines place a pure value where it is used: V8 computes
 * such values anew in each turn, since the loop may end before them. A value that is set under a condition it cannot move.
 */
export const invariants = (body: readonly Code[]): Code => when(get('n'), body);

/** Repeats the body until the condition, tested before each turn, holds. `leave` in a body ends the loop, too. */
export const until = (condition: Code, body: readonly Code[]): Code => ({
  op: 'block',
  label: 'done',
  condition: undefined,
  body: [{ op: 'loop', label: 'next', condition: undefined, body: [leave(condition), ...body, opWith('br', 'next')] }],
});

export const leave = (condition: Code): Code => opWith('br_if', 'done', condition);
