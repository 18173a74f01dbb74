import { readFileSync } from 'node:fs';
import type { VectorCase } from './units.js';

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../vectors/${name}`, import.meta.url), 'utf8'));

/** Reference values made with sympy and mpmath at 60 digits, independently of this project. */
export const vectorCases = (read('activations.json') as { cases: readonly VectorCase[] }).cases;

/** f_0 .. f_20 of each basis, exact, lowest power first. */
export const vectorBases = (read('bases.json') as { bases: Readonly<Record<string, readonly (readonly string[])[]>> })
  .bases;
