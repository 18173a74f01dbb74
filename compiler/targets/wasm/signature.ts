import type { Local } from './code.js';

const pointers = (...names: readonly string[]): readonly Local[] => names.map((name): Local => [name, 'i32']);

/** Places in memory, in bytes, but n, which counts elements: ys[k] = F(xs[k]). */
export const FORWARD = pointers('xs', 'n', 'c', 'd', 'ys');

/** The same without dc and dd: those are summed in globals. */
export const BACKWARD = pointers('xs', 'dys', 'n', 'c', 'd', 'dxs');

/** Names that the functions around the printed mathematics use. */
export const RESERVED = [
  ...[...FORWARD, ...BACKWARD].map(([name]) => name),
  'dc',
  'dd',
  'x',
  'dy',
  'start',
  'end',
  'largest',
  'weight',
  'heaviest',
  'lightest',
  'done',
  'four',
  'large',
  'block',
  'blockEnd',
  'doubtful',
  'fit',
];
