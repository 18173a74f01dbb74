import { minimiseLast, type Inequalities } from './linear-program.js';
import type { DenominatorModel } from './denominator-model.js';
import type { Problem } from './problem.js';
import { leastSquaresNumerator } from './projection.js';

/*
 * Minimax: the least largest error on the interval's rows, with |F| at the tails within its bounds. Successive linear
 * programs: F is linear in the numerator's weights w and nearly so in a small step of the denominator's parameters p, and
 * the least t with |error + J step| <= t is a linear program. A step that does not keep its promise is tried shorter.
 */

/** P and Q at one point of the search, and what F does there. */
interface State {
  readonly w: Float64Array;
  readonly p: Float64Array;
  /** Q up to a factor, with which `slopes` of the model agree. */
  readonly q: Float64Array;
  readonly fitted: Float64Array;
  /** How far the worst tail is beyond its bound, relative to that. */
  readonly excess: number;
  /** The largest error on the interval, relative to the target's size; infinite where a tail is further out than allowed. */
  readonly largest: number;
}

export interface Minimax {
  readonly w: Float64Array;
  readonly p: Float64Array;
  /** The largest error at the interval's rows, relative to the target's size. */
  readonly largest: number;
}

const FIRST_REACH = 0.1;
const LEAST_REACH = 1e-6;

/** A smaller parameter moves as if it were of this size. */
const SMALLEST_SIZE = 0.03;

/** The share of the promised gain that a step must keep. */
const KEPT = 0.1;

/** … and from which on the next may be longer. */
const GOOD = 0.6;

/** A step that promises less than this share of the error is the end. */
const LEAST_GAIN = 1e-5;

/** No weight may grow beyond so many times the largest at the start: dependent columns leave a program unbounded. */
const ROOM = 8;

/** Follows the minimax problem from a denominator that is good by least squares. */
export function minimax(problem: Problem, model: DenominatorModel, start: Float64Array, steps: number): Minimax {
  const first = stateAt(problem, model, leastSquaresNumerator(problem, gauged(model, start)), start);
  const allowed = Math.max(EXCESS, first.excess);
  // At a fixed denominator one program is exact: that is where to begin, and where each step ends.
  let state = polished(problem, model, first, allowed);
  let reach = FIRST_REACH;
  for (let step = 0; model.lower.length > 0 && step < steps && reach > LEAST_REACH; step++) {
    const tried = stepFrom(problem, model, state, reach, allowed);
    if (tried !== undefined && tried.promised < LEAST_GAIN * Math.min(1, reach / FIRST_REACH) * state.largest) break;
    const next = tried === undefined ? state : polished(problem, model, tried.next, allowed);
    const kept = tried === undefined ? 0 : (state.largest - next.largest) / tried.promised;
    if (kept >= KEPT) state = next;
    if (kept > GOOD) reach = Math.min(2 * reach, 1);
    else if (!(kept >= KEPT)) reach /= 4;
  }
  return { w: state.w, p: state.p, largest: state.largest };
}

/** The best state with this denominator. */
function polished(problem: Problem, model: DenominatorModel, state: State, allowed: number): State {
  const better = stepFrom(problem, model, state, 0, allowed)?.next;
  return better !== undefined && better.largest < state.largest ? better : state;
}

/** The weights of the best numerator, by this norm, for the values q of Q. */
export function minimaxNumerator(problem: Problem, q: Float64Array): Float64Array {
  const fixed = fixedDenominator(q);
  return minimax(problem, fixed, new Float64Array(), 0).w;
}

const fixedDenominator = (q: Float64Array): DenominatorModel => {
  const none = new Float64Array();
  return { lower: none, upper: none, start: () => none, values: () => q, slopes: () => [], coefficients: () => none };
};

function gauged(model: DenominatorModel, p: Float64Array): Float64Array {
  const factor = model.gauge?.(p) ?? 1;
  return model.values(p).map((value) => value * factor);
}

function stateAt(
  problem: Problem,
  model: DenominatorModel,
  w: Float64Array,
  p: Float64Array,
  allowed = Infinity,
): State {
  const { numerator, target, inside, bounds } = problem;
  const q = gauged(model, p);
  const fitted = numerator.fixed.slice();
  numerator.columns.forEach((column, k) => {
    for (let i = 0; i < fitted.length; i++) fitted[i]! += w[k]! * column[i]!;
  });
  let largest = 0;
  let excess = 0;
  for (let i = 0; i < fitted.length; i++) {
    fitted[i]! /= q[i]!;
    if (i < inside) largest = Math.max(largest, Math.abs(fitted[i]! - target[i]!));
    else excess = Math.max(excess, Math.abs(fitted[i]!) / bounds[i]! - 1);
  }
  return { w, p, q, fitted, excess, largest: excess > allowed ? Infinity : largest };
}

/** A tail may pass its bound by so much: least squares, where this starts, only discourage it. */
const EXCESS = 0.05;

/** One linear program around a state; p moves by at most `reach`, relative to its size. */
function stepFrom(problem: Problem, model: DenominatorModel, state: State, reach: number, allowed: number) {
  const { columns: terms } = problem.numerator;
  const { w, p, q, fitted, largest } = state;
  const slopes = reach === 0 ? [] : model.slopes(p, q);
  const jacobian = [
    ...terms.map((term) => term.map((value, i) => value / q[i]!)),
    ...slopes.map((slope) => slope.map((value, i) => -fitted[i]! * value)),
  ];
  const room = ROOM * w.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-3);
  const boxes = [
    ...Array.from(w, () => ({ down: room, up: room })),
    ...slopes.map((_, k) => {
      const most = reach * Math.max(Math.abs(p[k]!), SMALLEST_SIZE);
      return { down: Math.min(most, p[k]! - model.lower[k]!), up: Math.min(most, model.upper[k]! - p[k]!) };
    }),
  ];
  const z = minimiseLast(...programOf(problem, fitted, jacobian, boxes, largest));
  if (z === undefined) return undefined;
  const moved = w.map((value, k) => value + z[k]!);
  const next = p.map((value, k) =>
    reach === 0 ? value : Math.min(Math.max(value + z[w.length + k]!, model.lower[k]!), model.upper[k]!),
  );
  return { next: stateAt(problem, model, moved, next, allowed), promised: largest - z[z.length - 1]! };
}

interface Box {
  readonly down: number;
  readonly up: number;
}

/** Rows: +-(error + J z) - t <= 0 on the interval, +-(F + J z) <= bound at the tails, z in its boxes. */
function programOf(
  problem: Problem,
  fitted: Float64Array,
  jacobian: readonly Float64Array[],
  boxes: readonly Box[],
  largest: number,
): [Inequalities, start: Float64Array] {
  const { target, inside, bounds } = problem;
  const tails = [...bounds.keys()].filter((i) => i >= inside && Number.isFinite(bounds[i]!));
  const count = 2 * (inside + tails.length + boxes.length);
  const limits = new Float64Array(count);
  const columns = [...jacobian.map(() => new Float64Array(count)), new Float64Array(count)];
  const last = columns[jacobian.length]!;
  let r = 0;
  for (const sign of [1, -1]) {
    for (let i = 0; i < inside; i++) {
      limits[r] = -sign * (fitted[i]! - target[i]!);
      jacobian.forEach((column, k) => (columns[k]![r] = sign * column[i]!));
      last[r++] = -1;
    }
    for (const i of tails) {
      const y = fitted[i]! / bounds[i]!; // so that all rows are of one size
      limits[r] = Math.max(1, Math.abs(y)) - sign * y;
      jacobian.forEach((column, k) => (columns[k]![r] = (sign * column[i]!) / bounds[i]!));
      r++;
    }
    boxes.forEach(({ down, up }, k) => {
      columns[k]![r] = sign;
      limits[r++] = Math.max(sign > 0 ? up : down, 0);
    });
  }
  const start = new Float64Array(columns.length);
  start[columns.length - 1] = 2 * largest + 1e-15; // well inside
  return [{ columns, limits }, start];
}
