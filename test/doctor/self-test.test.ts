import '@tensorflow/tfjs-backend-cpu';
import { getKernel, registerKernel, setBackend, unregisterKernel } from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { hermiteSumAbs, type Judged } from '../../runtime/doctor/reference.js';
import { selfTest, worst } from '../../runtime/doctor/self-test.js';
import { enableRelaxedSimd } from '../support/relaxed-simd.js';
import { ALLOWED_UNITS } from '../../runtime/doctor/units.js';
import { hasRelaxedSimd, hasSimd } from '../../runtime/doctor/wasm-features.js';
import { vectorCases } from '../support/vectors.js';

beforeAll(() => setBackend('cpu'));

it('its truth is that of the reference vectors, of 64 digits', () => {
  const cases = vectorCases.filter(({ basis, denominator }) => basis === 'hermite' && denominator === 'sum-abs');
  expect(cases.length).toBeGreaterThan(0);
  for (const { c, d, points } of cases) {
    for (const point of points) {
      const { y, dx, dc, dd } = hermiteSumAbs({ x: [point.x], dy: [1], c, d });
      const pairs: (readonly [Judged, string, string])[] = [
        [y[0]!, point.y, point.sy],
        [dx[0]!, point.dx, point.sdx],
        ...dc.map((judged, i) => [judged, point.dc[i]!, point.sdc[i]!] as const),
        ...dd.map((judged, j) => [judged, point.dd[j]!, point.sdd[j]!] as const),
      ];
      // Beyond this doubles overflow in f_k, and the doctor's x does not go there.
      if (Math.abs(point.x) > 1e30) continue;
      for (const [{ value }, truth, size] of pairs) {
        expect(Math.abs(value - Number(truth)) / (Number(size) || 1)).toBeLessThan(1e-13);
      }
    }
  }
});

it('passes on a backend that is right', async () => {
  const { value, gradients } = await selfTest();
  expect(Math.max(value, gradients)).toBeLessThan(ALLOWED_UNITS);
});

it.each(['OpauHermitePade5x4', 'OpauHermitePade5x4Grad'])('finds a wrong kernel: %s', async (kernelName) => {
  const right = getKernel(kernelName, 'cpu')!;
  unregisterKernel(kernelName, 'cpu');
  // One element of 4,099, off by a hundredth.
  registerKernel({
    ...right,
    kernelFunc: (given) => {
      const [x] = [given.inputs['x']!];
      const backend = given.backend as unknown as {
        readSync(id: object): Float32Array;
        makeTensorInfo(shape: number[], dtype: string, values: Float32Array): typeof x;
      };
      const bent = backend.readSync(x.dataId).map((value, k) => (k === 7 ? value + 0.01 : value));
      return right.kernelFunc({
        ...given,
        inputs: { ...given.inputs, x: backend.makeTensorInfo(x.shape, 'float32', bent) },
      });
    },
  });
  try {
    const { value, gradients } = await selfTest();
    expect(Math.max(value, gradients)).toBeGreaterThan(ALLOWED_UNITS);
  } finally {
    unregisterKernel(kernelName, 'cpu');
    registerKernel(right);
  }
});

it('judges what is missing or no number as infinitely wrong', () => {
  const truth = [{ value: 1, size: 1 }];
  expect(worst([1], truth)).toBe(0);
  expect(worst([1 + 2 ** -23], truth)).toBe(2);
  expect(worst([NaN], truth)).toBe(Infinity);
  expect(worst([], truth)).toBe(Infinity);
});

it('knows what the engine has', () => {
  expect(hasSimd()).toBe(true);
  enableRelaxedSimd();
  expect(hasRelaxedSimd()).toBe(true);
});
