// Every finite float32 x has a right answer; NaN comes from NaN only.
import { Worst } from '../../support/units.js';
import { activation, C, D, DENOMINATORS, HERMITE, nameOf, SCALED, type Activation, type Case } from '../device.js';
import { evaluate, vector } from '../evaluate.js';
import { conclude, expectSameBits, expectThat } from '../judge.js';
import { truth } from '../truth.js';

const LARGE = [1e4, 1e10, 1e20, 3e38].flatMap((x) => [x, -x]);
/** He_2, He_3 and He_1 have exact roots here; so have T_1, T_2 ... none but 0. */
const ROOTS = [1, -1, 0.5, -0.5];
const X = [0, -0, ...ROOTS, 1e-30, -1e-30, 1e-45, ...LARGE].map(Math.fround);

const FORMULAS = [
  ...DENOMINATORS.map((denominator) => activation('hermite', 5, 4, denominator)),
  activation('laguerre', 5, 4),
  activation('monomial', 5, 4),
  activation('chebyshev-t', 5, 5, 'abs-sum'),
  activation('legendre', 2, 0),
  ...SCALED,
];

const coefficients = (of: Activation): readonly [number[], number[]] => [
  C.slice(0, of.m + 1),
  [...D, 0.01].slice(0, of.n).map(Math.fround),
];

function extremesCase(of: Activation, dead: boolean): Case {
  const what = dead ? 'd = 0, where F is a polynomial that may overflow' : 'd of both signs';
  return {
    name: `extreme x, ${what}: ${nameOf(of)}`,
    needs: [of],
    async run(device) {
      const { op } = await device.load(of);
      const [c, alive] = coefficients(of);
      const d = dead ? alive.map(() => 0) : alive;
      const worst = new Worst(device.slack);
      const { y, dx } = await evaluate(op, vector(X), vector(c), vector(d));
      for (const [k, x] of X.entries()) {
        const t = truth(of, x, c, d);
        const at = `${nameOf(of)}, d = [${d.join(', ')}], at x = ${x}`;
        worst.see(y[k]!, t.y, t.sy, `y, ${at}`);
        worst.see(dx[k]!, t.dx, t.sdx, `dx, ${at}`);
        // Sums over points of opposite infinities have no value: one by one.
        const { dc, dd } = await evaluate(op, vector([x]), vector(c), vector(d));
        t.dc.forEach((value, i) => worst.see(dc[i]!, value, t.sdc[i]!, `dc_${i}, ${at}`));
        t.dd.forEach((value, j) => worst.see(dd[j]!, value, t.sdd[j]!, `dd_${j + 1}, ${at}`));
      }
      conclude(device, 'extreme x', worst);
    },
  };
}

const nan: Case = {
  name: 'NaN comes from NaN, and from nothing else',
  needs: [HERMITE],
  async run(device) {
    const { op } = await device.load(HERMITE);
    const x = [NaN, 0.5, -1.5, 3e38, NaN, 0];
    const { y, dx, dc, dd } = await evaluate(op, vector(x), vector(C), vector(D));
    x.forEach((value, k) => {
      const [ours, slope] = [y[k]!, dx[k]!];
      const right = Number.isNaN(value) ? Number.isNaN(ours) && Number.isNaN(slope) : Number.isFinite(ours + slope);
      expectThat(right, `x = ${value}: y = ${ours}, dx = ${slope}`);
    });
    expectThat([...dc, ...dd].every(Number.isNaN), `sums over NaN: dc = ${[...dc].join()}, dd = ${[...dd].join()}`);
  },
};

const infinite: Case = {
  name: 'an infinite x counts as the largest finite one',
  needs: [HERMITE],
  async run(device) {
    const { op } = await device.load(HERMITE);
    const largest = (2 - 2 ** -23) * 2 ** 127;
    // One by one: sums over points of opposite infinities have no value.
    for (const [x, limit] of [
      [Infinity, largest],
      [-Infinity, -largest],
    ] as const) {
      const [found, expected] = [x, limit].map((at) => evaluate(op, vector([at, 0.5, -1.5]), vector(C), vector(D)));
      const [ours, theirs] = [await found!, await expected!];
      for (const name of ['y', 'dx', 'dc', 'dd'] as const) {
        expectSameBits(ours[name], theirs[name], `${name} at x = ${x}`);
        expectThat(!ours[name].some(Number.isNaN), `${name} at x = ${x}: ${[...ours[name]].join(', ')}`);
      }
    }
  },
};

const dead: Case = {
  name: 'a denominator that starts at 0 or -0 learns',
  needs: [HERMITE],
  async run(device) {
    const { op } = await device.load(HERMITE);
    for (const zero of [0, -0]) {
      const { dd } = await evaluate(op, vector([0.7, -1.2]), vector(C), vector([zero, zero, zero, zero]));
      dd.forEach((slope, j) => expectThat(Math.abs(slope) > 1e-3, `d = ${zero}: dd_${j + 1} = ${slope}`));
    }
  },
};

export const extremeCases: readonly Case[] = [
  ...FORMULAS.flatMap((of) =>
    of.n === 0 ? [extremesCase(of, false)] : [extremesCase(of, false), extremesCase(of, true)],
  ),
  nan,
  infinite,
  dead,
];
