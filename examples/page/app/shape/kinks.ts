import { basis, type Shape } from './evaluate.js';

/** Where F has a kink, because something between the bars changes its sign there; or a pole, because Q does. */
export interface Kink {
  readonly x: number;
  /** Which of the d_j f_j; empty where it is their sum. */
  readonly terms: readonly number[];
}

const CELLS = 4096;
const HALVINGS = 48;
/** Zeros of different terms as near as this are one kink, on the screen and in words. */
const NEAR = 1e-9;

/** Every sign change in [low, high] that is not narrower than a 4096th of it, in ascending order. */
export function kinksOf({ steps, denominator, c, d }: Shape, low: number, high: number): readonly Kink[] {
  const top = Math.max(c.length - 1, d.length);
  const values = (x: number): readonly number[] => {
    const f = basis(steps, top, x);
    if (denominator === 'sum-abs') return d.map((weight, j) => (weight === 0 ? 0 : f[j + 1]!));
    const sum = d.reduce((total, weight, j) => total + weight * f[j + 1]!, 0);
    return [denominator === 'none' ? 1 + sum : sum];
  };
  const found: { x: number; term: number }[] = [];
  let before = values(low);
  for (let cell = 1; cell <= CELLS; cell++) {
    const [from, to] = [low + ((high - low) * (cell - 1)) / CELLS, low + ((high - low) * cell) / CELLS];
    const after = values(to);
    after.forEach((value, term) => {
      if (value < 0 === before[term]! < 0) return;
      found.push({ x: bisect((x) => values(x)[term]!, from, to), term });
    });
    before = after;
  }
  return merge(found, denominator === 'sum-abs');
}

/** Where the sign changes, to the last digits. */
function bisect(f: (x: number) => number, from: number, to: number): number {
  const negative = f(from) < 0;
  let [low, high] = [from, to];
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    if (f(middle) < 0 === negative) low = middle;
    else high = middle;
  }
  return Math.abs(high) < NEAR ? 0 : high;
}

function merge(found: readonly { x: number; term: number }[], named: boolean): readonly Kink[] {
  const kinks: { x: number; terms: number[] }[] = [];
  for (const { x, term } of [...found].sort((one, other) => one.x - other.x)) {
    const last = kinks.at(-1);
    const terms = named ? [term + 1] : [];
    if (last !== undefined && x - last.x < NEAR) last.terms.push(...terms);
    else kinks.push({ x, terms });
  }
  return kinks;
}
