import { FLOAT32 } from '../../targets/number.js';
import type { Activation } from '../../activation.js';
import { seededRandom } from '../../fit/random.js';
import { seriesAt, signsAt, truthWith, type Judged, type Series, type Truth } from '../oracle/truth.js';
import type { Definition } from '../oracle/definition.js';
import { errorInUnits, Tally } from '../tally.js';
import type { Path, Results } from './kernels.js';
import { coefficientSets, hardPoints, INCOMING, randomPoints, type Coefficients } from './points.js';

/** Lengths that leave something over after every vector of 16, 4 and 2. */
const LENGTHS = Array.from({ length: 18 }, (_, length) => length);
const MANY = 300;
const FEW = 24;

/** Runs emitted kernels and holds each value against F by its definition in many digits. */
export class Examination {
  private readonly sets: readonly Coefficients[];
  private readonly hard: readonly number[];
  private readonly series = new Map<number, Series>();
  /** By set, x and what may be flushed; and one by one, by set, x and signs. */
  private readonly truths = new Map<string, readonly Truth[]>();
  private readonly truth = new Map<string, Truth>();

  constructor(
    private readonly definition: Definition,
    private readonly activation: Activation,
  ) {
    this.sets = coefficientSets(activation);
    this.hard = hardPoints(activation);
  }

  /** The worst errors of y, dx, dc and dd on one path, over all points. */
  of(path: Path): Tally {
    const tally = new Tally();
    const few = randomPoints(FEW, this.activation.spec.interval);
    for (const set of this.sets) {
      for (const x of [...this.hard, ...few]) {
        const isBeyond = set.isDead && Math.min(Math.abs(x), FLOAT32.max) > path.reach;
        if (isBeyond) continue;
        for (const copies of path.copies) this.one(path, tally, set, x, copies);
      }
    }
    // The first sets are alive: large x do them no harm.
    for (const set of this.sets.slice(0, 2)) {
      for (const dy of INCOMING.filter((dy) => dy === 0 || Math.abs(dy) >= path.lightest))
        this.many(path, tally, set, few.subarray(0, 17), () => dy, `, dy = ${dy}`);
      for (const length of path.sums ? LENGTHS : []) this.many(path, tally, set, few.subarray(0, length), wave);
      const x = randomPoints(path.sums ? MANY : FEW, this.activation.spec.interval);
      this.many(path, tally, set, x, wave);
      // Blocks of large numbers among small ones, which wasm computes another way.
      this.many(
        path,
        tally,
        set,
        x.map((value, k) => (k % 97 < 9 ? value * 1e9 : value)),
        wave,
      );
    }
    return tally;
  }

  /** One x, `copies` times in one call; their gradients' weights add up to 1. */
  private one(path: Path, tally: Tally, set: Coefficients, x: number, copies: number): void {
    const [xs, dy] = [x, 1 / copies].map((value) => new Float32Array(copies).fill(value)) as [
      Float32Array,
      Float32Array,
    ];
    const results = path.run({ x: xs, dy, c: set.c, d: set.d });
    const where = (): string => `x = ${text(x)}, ${set.name}${copies === 1 ? '' : `, ${copies} at a time`}`;
    if (Number.isNaN(x)) {
      // The slope of a line does not depend on x.
      const { m, n } = this.activation.spec;
      for (const name of n > 0 || m > 1 ? (['y', 'dx'] as const) : (['y'] as const))
        tally.see(name, Number.isNaN(results[name][0]) ? 0 : Infinity, where);
      return;
    }
    // An infinite x counts as the largest finite one.
    const truths = this.truthsOf(path, set, Math.min(Math.max(x, -FLOAT32.max), FLOAT32.max));
    const see = (name: string, value: number, weight: number): void => {
      const judged = named(truths, name).map((truth) => ({ ...truth, gain: copies * truth.gain }));
      const units = errorInUnits(value, judged, weight, path.slack);
      tally.see(name, units, () => `${where()}: ${short(value)} instead of ${short(weight * judged[0]!.value)}`);
    };
    results.y.forEach((value) => see('y', value, 1));
    results.dx.forEach((value) => see('dx', value, 1 / copies));
    results.dc.forEach((value, i) => see(`dc${i}`, value, 1));
    results.dd.forEach((value, j) => see(`dd${j + 1}`, value, 1));
  }

  /** Many x in one call, with incoming gradients; dc and dd are their sums. */
  private many(
    path: Path,
    tally: Tally,
    set: Coefficients,
    from: Float32Array,
    dyOf: (k: number) => number,
    note = '',
  ): void {
    // What is on either side of its kink would leave sums with two answers.
    const x = from.filter((value) => this.truthsOf(path, set, value).length === 1);
    const dy = x.map((_, k) => dyOf(k));
    const results = path.run({ x, dy, c: set.c, d: set.d });
    const truths = Array.from(x, (value) => this.truthsOf(path, set, value)[0]!);
    const of = `${set.name}, ${x.length} elements${note}`;
    truths.forEach((truth, k) => {
      const where = (): string => `x = ${text(x[k]!)}, ${of}`;
      tally.see('y', errorInUnits(results.y[k]!, [truth.get('y')!], 1, path.slack), where);
      tally.see('dx', errorInUnits(results.dx[k]!, [truth.get('dx')!], dy[k]!, path.slack), where);
    });
    if (!path.sums && x.length > 1) return;
    for (const name of this.sumNames(results)) {
      const judged = sum(truths, dy, name);
      const value = results[name.slice(0, 2) as 'dc' | 'dd'][slot(name)]!;
      tally.see(name, errorInUnits(value, [judged], 1, path.slack), () => `the sum ${name}, ${of}`);
    }
  }

  private sumNames({ dc, dd }: Results): readonly string[] {
    return [...Array.from(dc, (_, i) => `dc${i}`), ...Array.from(dd, (_, j) => `dd${j + 1}`)];
  }

  private truthsOf({ slack }: Path, set: Coefficients, x: number): readonly Truth[] {
    const at = `${set.name} ${Object.is(x, -0) ? '-0' : x}`;
    const key = `${at} ${slack.sign}`;
    const { digits } = this.definition;
    const known = this.truths.get(key);
    if (known !== undefined) return known;
    const series = this.series.get(x) ?? seriesAt(this.definition, digits.of(x));
    this.series.set(x, series);
    const [c, d] = [set.c, set.d].map((values) => Array.from(values, (value) => digits.of(value)));
    const truths = signsAt(this.definition, series, d!, slack.sign).map((signs) => {
      const one = `${at} ${signs.join()}`;
      const truth = this.truth.get(one) ?? truthWith(this.definition, series, c!, d!, signs);
      this.truth.set(one, truth);
      return truth;
    });
    this.truths.set(key, truths);
    return truths;
  }
}

const slot = (name: string): number => Number(name.slice(2)) - (name.startsWith('dd') ? 1 : 0);

const named = (truths: readonly Truth[], name: string): readonly Judged[] => truths.map((truth) => truth.get(name)!);

function sum(truths: readonly Truth[], dy: Float32Array, name: string): Judged {
  return truths.reduce<Judged>(
    ({ value, size, slope, gain }, truth, k) => {
      const term = truth.get(name)!;
      const weight = Math.abs(dy[k]!);
      return {
        value: value + dy[k]! * term.value,
        size: size + weight * term.size,
        slope: slope + weight * term.slope,
        gain: gain + term.gain,
      };
    },
    { value: 0, size: 0, slope: 0, gain: 0 },
  );
}

const weights = Float32Array.from({ length: 97 }, seededRandom(97)).map((value) => 2 * value - 1);
const wave = (k: number): number => weights[k % weights.length]!;

const short = (value: number): string => String(Number(value.toPrecision(6)));
const text = (x: number): string => (Object.is(x, -0) ? '-0' : String(Number(x.toPrecision(9))));
