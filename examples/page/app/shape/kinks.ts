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
export const kinksOf = (shape: Shape, low: number, high: number): readonly Kink[] =>
  new KinkFinder(shape, low, high).find(shape);

/**
 * The same for one basis, degrees and range, again and again: the basis is evaluated once, and what depends on the d_j only
 * through those that are 0 is found once.
 */
export class KinkFinder {
  private readonly top: number;
  private readonly table: Float64Array;
  private known: { readonly key: string; readonly kinks: readonly Kink[] } | undefined;

  constructor(
    private readonly made: Shape,
    private readonly low: number,
    private readonly high: number,
  ) {
    this.top = Math.max(made.c.length - 1, made.d.length);
    this.table = new Float64Array((CELLS + 1) * (this.top + 1));
    for (let cell = 0; cell <= CELLS; cell++) {
      this.table.set(basis(made.steps, this.top, this.place(cell)), cell * (this.top + 1));
    }
  }

  find({ denominator, d }: Shape): readonly Kink[] {
    if (denominator !== 'sum-abs') {
      const constant = denominator === 'none' ? 1 : 0;
      const sum = (f: Float64Array, at: number): number => {
        let total = constant;
        for (let j = 0; j < d.length; j++) total += d[j]! * f[at + j + 1]!;
        return total;
      };
      return merge(this.changes(sum, 0), false);
    }
    const key = d.map((weight) => (weight === 0 ? 0 : 1)).join('');
    if (this.known?.key !== key) {
      const found = d.flatMap((weight, term) => (weight === 0 ? [] : this.changes((f, at) => f[at + term + 1]!, term)));
      this.known = { key, kinks: merge(found, true) };
    }
    return this.known.kinks;
  }

  private place(cell: number): number {
    return this.low + ((this.high - this.low) * cell) / CELLS;
  }

  /** The sign changes of what is made of the f_k that stand in `f` from `at` on. */
  private changes(value: (f: Float64Array, at: number) => number, term: number): { x: number; term: number }[] {
    const found: { x: number; term: number }[] = [];
    let before = value(this.table, 0) < 0;
    for (let cell = 1; cell <= CELLS; cell++) {
      const after = value(this.table, cell * (this.top + 1)) < 0;
      if (after !== before) {
        const exact = (x: number): number => value(basis(this.made.steps, this.top, x), 0);
        found.push({ x: bisect(exact, this.place(cell - 1), this.place(cell)), term });
      }
      before = after;
    }
    return found;
  }
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
