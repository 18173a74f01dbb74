import { SAFE } from '../../stages/safe.js';
import { FLOAT32 } from '../../targets/number.js';
import type { Slack } from '../tally.js';
import type { ComposedForms, CpuKernels } from './load.js';

/** F and its gradients at many x with one set of coefficients; dc and dd are sums over the elements. */
export interface Results {
  readonly y: Float32Array;
  readonly dx: Float32Array;
  readonly dc: Float32Array;
  readonly dd: Float32Array;
}

export interface Operands {
  readonly x: Float32Array;
  readonly dy: Float32Array;
  readonly c: Float32Array;
  readonly d: Float32Array;
}

/** One way to compute an activation. */
export interface Path {
  readonly name: string;
  readonly slack: Slack;
  /** How many copies of an element a call is given, so that each part of the kernel gets to see it. */
  readonly copies: readonly number[];
  /** The largest |x| it is right for where the highest d_j are 0: see the limits in the README. */
  readonly reach: number;
  /** The smallest |dy| that is not 0. */
  readonly lightest: number;
  /** Whether sums over more than one element are computed here. */
  readonly sums: boolean;
  run(operands: Operands): Results;
}

/** Doubles round once, at the end; float32 arithmetic loses digits from its smallest normal number on. */
export const SLACK = {
  doubles: { absolute: 2 ** -149, product: 0, sign: 0 },
  singles: { absolute: 2 ** -126, product: 2 ** -149, sign: 2 ** -126 },
} as const satisfies Record<string, Slack>;

/** A value that no kernel writes: what still holds it was left alone. */
const UNTOUCHED = 12345;

/** The loops in doubles of the cpu backend. */
export const cpuPath = (kernels: CpuKernels, reach: number): Path => ({
  name: 'cpu',
  reach,
  lightest: 0,
  slack: SLACK.doubles,
  copies: [1],
  sums: true,
  run({ x, dy, c, d }) {
    const [y, dx, dc, dd] = [x, x, c, d].map(({ length }) => new Float32Array(length + 1).fill(UNTOUCHED)) as [
      Float32Array,
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    kernels.forward(x, c, d, y.subarray(0, -1));
    kernels.backward(x, dy, c, d, dx.subarray(0, -1), dc.subarray(0, -1), dd.subarray(0, -1));
    return checked({ y, dx, dc, dd });
  },
});

/** The composed forms, tf op by tf op in float32, one element at a time. */
export const composedPath = ({ forward, backward }: ComposedForms, reach: number): Path => ({
  name: 'tf ops',
  reach,
  lightest: SAFE.lightest,
  slack: SLACK.singles,
  copies: [1],
  sums: false,
  run({ x, dy, c, d }) {
    const [cs, ds] = [Array.from(c), Array.from(d)];
    const finite = x.map((value) => Math.min(Math.max(value, -FLOAT32.max), FLOAT32.max)); // as the runtime does before
    const y = finite.map((value) => forward(value, cs, ds));
    const dx = new Float32Array(x.length);
    const sums = { dc: new Float32Array(c.length), dd: new Float32Array(d.length) };
    finite.forEach((value, k) => {
      const gradients = backward(value, dy[k]!, cs, ds);
      dx[k] = gradients.dx;
      sums.dc.forEach((sum, i) => (sums.dc[i] = sum + gradients.dc[i]!));
      sums.dd.forEach((sum, j) => (sums.dd[j] = sum + gradients.dd[j]!));
    });
    return { y, dx, ...sums };
  },
});

/** Results without the element behind each, which must be as it was. Throws where it is not. */
export function checked(results: Results): Results {
  const own = Object.entries(results).map(([name, values]: [string, Float32Array]) => {
    if (values.at(-1) !== UNTOUCHED) throw new Error(`a kernel writes beyond the end of ${name}`);
    return [name, values.subarray(0, -1)];
  });
  return Object.fromEntries(own) as unknown as Results;
}

export { UNTOUCHED };
