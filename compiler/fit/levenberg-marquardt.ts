import { solveDefinite } from './householder.js';

/** A sum of squares at one point. */
export interface Squares {
  readonly cost: number;
  readonly residual: Float64Array;
  /** The residuals' slopes, one column a parameter: computed where a step starts, not where one is refused. */
  readonly jacobian: () => readonly Float64Array[];
}

export interface Minimum<S extends Squares> {
  readonly p: Float64Array;
  readonly at: S;
}

export interface Bounds {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** A step damped more than this is too small to help. */
const MAX_DAMPING = 1e6;

/** A step that gains less than this share of the cost ends the search. */
const TOLERANCE = 1e-7;

/**
 * Levenberg and Marquardt's method within bounds: a parameter on a bound whose descent leads outward sits the step out,
 * and steps are cut off at the bounds (a projected method, as in Kanzow, Yamashita and Fukushima 2004).
 */
export function minimise<S extends Squares>(
  evaluate: (p: Float64Array) => S,
  { lower, upper }: Bounds,
  start: Float64Array,
  steps: number,
): Minimum<S> {
  const within = (p: Float64Array): Float64Array => p.map((v, k) => Math.min(Math.max(v, lower[k]!), upper[k]!));
  let p = within(start);
  let at = evaluate(p);
  let damping = 1e-2;
  for (let step = 0; step < steps && damping < MAX_DAMPING; step++) {
    const jacobian = at.jacobian();
    const gradient = Float64Array.from(jacobian, (column) => dot(column, at.residual));
    const free = [...gradient.keys()].filter((k) => (gradient[k]! > 0 ? p[k]! > lower[k]! : p[k]! < upper[k]!));
    if (free.length === 0) break;
    const hessian = free.map((j) => Float64Array.from(free, (k) => (k <= j ? dot(jacobian[j]!, jacobian[k]!) : 0)));
    const tiny = 1e-14 * hessian.reduce((largest, row, k) => Math.max(largest, row[k]!), 0); // for a slope of zero
    // Damp and retry until a step descends.
    for (; damping < MAX_DAMPING; damping *= 4) {
      const damped = hessian.map((row, k) => row.map((v, l) => (k === l ? v * (1 + damping) + tiny : v)));
      const move = solveDefinite(
        damped,
        Float64Array.from(free, (k) => -gradient[k]!),
      );
      if (move === undefined) continue;
      const next = p.slice();
      free.forEach((k, l) => (next[k]! += move[l]!));
      const candidate = within(next);
      const there = evaluate(candidate);
      if (!(there.cost < at.cost)) continue;
      const gain = (at.cost - there.cost) / at.cost;
      p = candidate;
      at = there;
      damping = Math.max(damping / 8, 1e-9);
      if (gain < TOLERANCE) return { p, at };
      break;
    }
  }
  return { p, at };
}

function dot(u: Float64Array, v: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < u.length; i++) sum += u[i]! * v[i]!;
  return sum;
}
