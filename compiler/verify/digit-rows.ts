import type { Activation } from '../activation.js';
import { fromNumber, type Fraction } from '../exact/rational.js';
import { exactArithmetic } from '../expr/evaluate.js';
import { seededRandom } from '../fit/random.js';
import { outputKinds } from './algebra-rows.js';
import { printed } from '../programs.js';
import { exactRoots, randomPoints } from './emitted/points.js';
import type { Definition } from './oracle/definition.js';
import { gradientsAtKink, gradientsByDifferences } from './oracle/differences.js';
import type { Big } from './oracle/digits.js';
import { seriesAt, truthAt, type Judged } from './oracle/truth.js';
import { programValues } from './program-values.js';
import { judgedRow, skippedRow, type Row } from './row.js';
import { Tally } from './tally.js';

const UNIT = 2 ** -24;

/** Closed forms and differences agree to 40 of 64 digits or so, and to 25 at least; one unit is the seventh. */
const MANY_DIGITS = 1e-18;

/** What runs are judged by is a double in the end. */
const DOUBLE = 1e-6;

const POINTS = 12;

/** A point in exact float32 numbers. */
interface Place {
  readonly x: number;
  readonly c: readonly number[];
  readonly d: readonly number[];
}

/**
 * The programs, evaluated in 64 digits, against differences of F by its definition; the same of the truths by which runs
 * of the emitted code are judged; and the policy at kinks, against one-sided differences.
 */
export function digitRows(definition: Definition, activation: Activation): readonly Row[] {
  const { spec } = activation;
  const smooth = smoothPlaces(activation);
  const programs = againstDifferences(definition, activation, smooth);
  const kinks = spec.denominator === 'none' || spec.n === 0 ? undefined : atKinks(definition, activation);
  const rows = (group: string, tally: Tally, limit: number, kinds: readonly string[]): readonly Row[] =>
    outputKinds(spec)
      .filter(([kind]) => kinds.includes(kind))
      .map(([kind, title]) => judgedRow(group, title, tally.of(kind), limit));
  const all = ['y', 'dx', 'dc', 'dd'];
  const atKink = 'at kinks, sgn(0) = +1, against one-sided differences in 64 digits';
  return [
    ...rows('64 digits, against central differences of order 8 (mathjs)', programs.closed, MANY_DIGITS, all),
    judgedRow('the judge of the runs below, against the same', 'all of these', programs.truths.total(), DOUBLE),
    ...(kinks === undefined
      ? [skippedRow(atKink, 'F and its gradients', 'Q has no absolute values')]
      : rows(atKink, kinks, MANY_DIGITS, all)),
  ];
}

const random = (count: number, seed: number): readonly number[] => {
  const next = seededRandom(seed);
  return Array.from({ length: count }, () => Math.fround(2 * next() - 1));
};

function smoothPlaces({ spec: { m, n, interval } }: Activation): readonly Place[] {
  const inside = randomPoints(POINTS, interval);
  return Array.from(inside, (x, i) => ({
    x: i % 4 === 3 ? Math.fround(x * 30) : x,
    c: random(m + 1, 2 * i + 1),
    d: random(n, 2 * i + 2),
  }));
}

/** Where some f_j is exactly 0, and where coefficients are. */
function kinkPlaces({ spec: { m, n }, expansion }: Activation): readonly Place[] {
  const [c, d] = [random(m + 1, 5), random(n, 6)];
  const zero = d.map(() => 0);
  const roots = exactRoots(expansion).map((x) => x.valueOf());
  // 0 and the outermost among them.
  const some = [...new Set([0, roots[0] ?? 0, roots.at(-1) ?? 0, roots[1] ?? 0])];
  return [
    ...some.map((x) => ({ x, c, d })),
    ...some.map((x) => ({ x, c, d: d.map((dj, j) => (j % 2 === 0 ? dj : 0)) })),
    ...[...some, 0.7, -1.3].map((x) => ({ x: Math.fround(x), c, d: zero })),
  ];
}

function againstDifferences(definition: Definition, activation: Activation, places: readonly Place[]) {
  const { digits } = definition;
  const [closed, truths] = [new Tally(), new Tally()];
  for (const { x, c, d } of places) {
    const at = { x: digits.of(x), c: c.map(digits.of), d: d.map(digits.of) };
    const expected = gradientsByDifferences(definition, at);
    if (expected === undefined) continue;
    const judged = truthAt(definition, seriesAt(definition, at.x), at.c, at.d);
    for (const program of printed(activation)) {
      const values = programValues(program, { ...at, dy: digits.of(1) }, digits);
      for (const [name, value] of values) {
        closed.see(name, unitsBetween(value, expected.get(name)!, judged.get(name)!), () => `${name} at x = ${x}`);
      }
    }
    for (const [name, truth] of judged) {
      truths.see(name, unitsBetween(digits.of(truth.value), expected.get(name)!, truth), () => `${name} at x = ${x}`);
    }
  }
  return { closed, truths };
}

function atKinks(definition: Definition, activation: Activation): Tally {
  const { digits } = definition;
  const tally = new Tally();
  for (const { x, c, d } of kinkPlaces(activation)) {
    const at = { x: digits.of(x), c: c.map(digits.of), d: d.map(digits.of) };
    const expected = gradientsAtKink(definition, at);
    const judged = truthAt(definition, seriesAt(definition, at.x), at.c, at.d);
    const exact = (value: number): Fraction => fromNumber(value);
    const inputs = { x: exact(x), dy: exact(1), c: c.map(exact), d: d.map(exact) };
    const where = d.every((dj) => dj === 0) ? `x = ${x}, d = 0` : d.includes(0) ? `x = ${x}, some d_j = 0` : `x = ${x}`;
    const see = (name: string, value: Big): void =>
      tally.see(name, unitsBetween(value, expected.get(name)!, judged.get(name)!), () => `${name} at ${where}`);
    // Exactly: a root must be one.
    for (const program of printed(activation)) {
      for (const [name, value] of programValues(program, inputs, exactArithmetic)) see(name, digits.constant(value));
    }
  }
  return tally;
}

const unitsBetween = (value: Big, expected: Big, { size }: Judged): number => {
  const error = value.minus(expected).abs();
  return error.isZero() ? 0 : error.div(UNIT).div(size).toNumber();
};
