import type { At, Bar, Definition } from './definition.js';
import type { Big } from './digits.js';

/** f'(0) h by f(k h), k = 1 .. 4, central: the error is below h^9 f^(9) / 630. */
const CENTRAL = [
  [4, 5],
  [-1, 5],
  [4, 105],
  [-1, 280],
] as const;
/** The same by f(k h), k = 0 .. 8, from one side: order 8. */
const ONE_SIDED = [
  [-761, 280],
  [8, 1],
  [-14, 1],
  [56, 3],
  [-35, 2],
  [56, 5],
  [-14, 3],
  [8, 7],
  [-1, 8],
] as const;

/** Relative to the variable: truncation is below 1e-40 and rounding near 1e-57, where a double's is 1e-16. */
const STEP = 1e-7;

/** F is linear in c_i: there is no truncation, and a short step would only lose digits where c_i hardly shows in F. */
const STEP_OF_LINEAR = 1;

/** A value this much smaller than a step away from it is 0, but for rounding. */
const NOTHING = 1e-30;

/** One of the inputs, by the name of its gradient: dx, dc_i or dd_j. */
interface Variable {
  readonly name: string;
  readonly value: Big;
  /** Of its differences, relative to the value. */
  readonly step: number;
  /** The point with another value of this variable, and its basis values. */
  move(value: Big): { readonly f: readonly Big[]; readonly at: At };
}

function variablesOf(definition: Definition, at: At): readonly Variable[] {
  const f = definition.basis(at.x)[0]!;
  const replaced = (values: readonly Big[], index: number, value: Big): Big[] =>
    values.map((old, i) => (i === index ? value : old));
  return [
    { name: 'dx', value: at.x, step: STEP, move: (x) => ({ f: definition.basis(x)[0]!, at: { ...at, x } }) },
    ...at.c.map((value, i) => ({
      name: `dc${i}`,
      value,
      step: STEP_OF_LINEAR,
      move: (ci: Big) => ({ f, at: { ...at, c: replaced(at.c, i, ci) } }),
    })),
    ...at.d.map((value, j) => ({
      name: `dd${j + 1}`,
      value,
      step: STEP,
      move: (dj: Big) => ({ f, at: { ...at, d: replaced(at.d, j, dj) } }),
    })),
  ];
}

/**
 * F and its gradients by central differences of F alone, of order 8, named y, dx, dc0 .. and dd1 ..; undefined where F
 * has a kink so near that it lies within the differences. All variables must differ from 0.
 */
export function gradientsByDifferences(definition: Definition, at: At): ReadonlyMap<string, Big> | undefined {
  const result = new Map<string, Big>();
  for (const { name, value, step, move } of variablesOf(definition, at)) {
    const h = value.abs().times(step);
    const points = [-4, -3, -2, -1, 0, 1, 2, 3, 4].map((k) => move(value.plus(h.times(k))));
    if (crossesKink(definition, points)) return undefined;
    const values = points.map(({ f, at: { c, d } }) => definition.numerator(f, c).div(definition.denominator(f, d)));
    if (name === 'dx') result.set('y', values[4]!);
    result.set(
      name,
      central(definition, h, (k) => values[4 + k]!),
    );
  }
  return result;
}

/** g' by central differences. */
const central = ({ zero }: Definition, h: Big, g: (k: number) => Big): Big =>
  CENTRAL.reduce(
    (sum, [p, q], k) =>
      sum.plus(
        g(k + 1)
          .minus(g(-k - 1))
          .times(p)
          .div(q),
      ),
    zero,
  ).div(h);

/** |u|' on the side where u > 0, by differences from that side. */
function oneSided({ zero }: Definition, h: Big, u: (k: number) => Big): Big {
  const side = u(1).isNegative() ? -1 : 1;
  return ONE_SIDED.reduce(
    (sum, [p, q], k) =>
      sum.plus(
        u(side * k)
          .abs()
          .times(p)
          .div(q),
      ),
    zero,
  )
    .times(side)
    .div(h);
}

function crossesKink(
  definition: Definition,
  points: readonly { readonly f: readonly Big[]; readonly at: At }[],
): boolean {
  const signs = points.map(({ f, at }) => definition.bars(f, at.d).map(({ inside }) => inside.isNegative()));
  return signs.some((row) => row.some((sign, i) => sign !== signs[0]![i]));
}

/**
 * The gradients where some |u| of Q has u = 0, by the policy in words: the slope of |u| is the one on the side where
 * u > 0. P, Q and each |u| are differenced by themselves, |u| from that side where it has its kink, and put together by
 * the rule for quotients.
 */
export function gradientsAtKink(definition: Definition, at: At): ReadonlyMap<string, Big> {
  const f = definition.basis(at.x)[0]!;
  const [p, q] = [definition.numerator(f, at.c), definition.denominator(f, at.d)];
  const result = new Map([['y', p.div(q)]]);
  for (const { name, value, step, move } of variablesOf(definition, at)) {
    const h = (value.isZero() ? definition.one : value.abs()).times(step);
    const known = new Map<number, ReturnType<typeof move>>();
    const along = (k: number): ReturnType<typeof move> => {
      const there = known.get(k) ?? move(value.plus(h.times(k)));
      known.set(k, there);
      return there;
    };
    const dp = central(definition, h, (k) => definition.numerator(along(k).f, along(k).at.c));
    const bars = (k: number): readonly Bar[] => definition.bars(along(k).f, along(k).at.d, name === 'dx' ? 'x' : 'd');
    const slopes = bars(0).map(({ weight }, i) => {
      const u = (k: number): Big => bars(k)[i]!.inside;
      const isKink = u(0)
        .abs()
        .lte(u(1).abs().plus(u(-1).abs()).times(NOTHING));
      return weight.times(isKink ? oneSided(definition, h, u) : central(definition, h, (k) => u(k).abs()));
    });
    const dq =
      definition.spec.denominator === 'none'
        ? central(definition, h, (k) => definition.denominator(along(k).f, along(k).at.d))
        : slopes.reduce((sum, slope) => sum.plus(slope), definition.zero);
    result.set(name, dp.times(q).minus(p.times(dq)).div(q.times(q)));
  }
  return result;
}
