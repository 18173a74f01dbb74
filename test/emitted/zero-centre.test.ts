import { tensor1d, tidy } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { families } from '../../compiler/bases/index.js';
import { denominatorValues } from '../../compiler/fit/rational.js';
import { valuesAtZero } from '../../compiler/fit/numerator.js';
import { fitInitial } from '../../compiler/fit/index.js';
import { parseTarget } from '../../compiler/fit/targets.js';
import { defineSpec, type SpecRequest } from '../../compiler/spec.js';
import { BACKENDS, useBackend } from '../support/backends.js';
import { arithmeticOnly, emitAndLoad, numbers } from '../support/emit.js';

const SHAPES = [
  { m: 5, n: 4, denominator: 'sum-abs' },
  { m: 6, n: 5, denominator: 'abs-sum' },
  { m: 4, n: 3, denominator: 'sum-abs' },
  { m: 3, n: 2, denominator: 'none' },
] as const;

type Scaled = Omit<SpecRequest, 'm' | 'n' | 'target'>;

/** 0 and -0 in blocks, where the wasm kernels work in single precision, and in what is left over. */
const ZEROS = [...new Array<number>(35).fill(0), -0];

/** F(0) as the kernels compute it, and the project's bound for its error, 16 units of sum |c_i f_i(0)| / Q(0). */
async function centre(request: Scaled, shape: (typeof SHAPES)[number]) {
  const spec = defineSpec({ ...request, ...shape, target: parseTarget('leaky_relu'), zeroCentre: true });
  const { c, d, rmse } = fitInitial(spec);
  const { op } = await emitAndLoad(spec, arithmeticOnly);
  const f = valuesAtZero(spec.family, Math.max(spec.m, spec.n)).map((value) => Float64Array.of(value.valueOf()));
  const size = c.reduce((sum, value, i) => sum + Math.abs(value * f[i]![0]!), 0);
  const values: number[] = [];
  for (const backend of BACKENDS) {
    await useBackend(backend);
    values.push(...tidy(() => numbers(op(tensor1d(ZEROS), tensor1d([...c]), tensor1d([...d])))));
  }
  expect(values).toHaveLength(BACKENDS.length * ZEROS.length);
  return { values, bound: (16 * 2 ** -24 * size) / denominatorValues(spec.denominator, d, f)[0]!, rmse };
}

// Their f_k(0) are exact in float32.
const exact: readonly Scaled[] = [
  ...families.map(({ name }) => ({ basis: name })),
  { basis: 'laguerre(1/2)' },
  { basis: 'gegenbauer(3/4)' },
  { basis: 'laguerre', normalise: true },
  { basis: 'laguerre', domain: [0, 4] },
  { basis: 'chebyshev-t', domain: [0, 4] },
];

describe.each(SHAPES)('zero-centred at $m/$n $denominator', (shape) => {
  it.each(exact)('$basis, normalised: $normalise, on $domain: the kernels give exactly 0', async (request) => {
    const { values } = await centre(request, shape);
    expect(values.filter((value) => value !== 0)).toEqual([]);
  });

  it.each<Scaled>([
    { basis: 'laguerre', domain: [-1, 4] },
    { basis: 'legendre', domain: [0, 4] },
    { basis: 'jacobi(1/2,-1/3)' },
    { basis: 'hermite', normalise: true },
    { basis: 'legendre', normalise: true },
    { basis: 'chebyshev-t', domain: [-1, 4] },
  ])('$basis, normalised: $normalise, on $domain: 0 but for rounding, and no worse a fit for it', async (request) => {
    const { values, bound, rmse } = await centre(request, shape);
    for (const value of values) expect(Math.abs(value)).toBeLessThanOrEqual(bound);
    expect(bound).toBeLessThan(1e-4);
    expect(rmse).toBeLessThan(0.13);
  });
});
