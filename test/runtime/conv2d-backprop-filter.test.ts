import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers'; // registers every gradient
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { conv2dBackpropFilter, ensureConv2DBackpropFilter } from '../../runtime/conv2d-backprop-filter.js';
import '../support/backends.js';
import { distance, on, random, size, tensor4, type Shape4 } from '../support/pictures.js';

type Pad = tf.Conv2DBackpropFilterAttrs['pad'];
interface Case {
  x: Shape4;
  filter: Shape4;
  strides?: [number, number] | number;
  pad?: Pad;
  dataFormat?: 'NHWC' | 'NCHW';
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

/** The kernel itself, through the engine, as conv2d's gradient runs it. */
async function kernelOn(backend: string, c: Case): Promise<Float32Array> {
  return on(backend, () =>
    tf.tidy(() => {
      const { x, filter, strides = 1, pad = 'valid', dataFormat = 'NHWC', dimRoundingMode } = c;
      const format = dataFormat === 'NHWC' ? 'channelsLast' : 'channelsFirst';
      const info = tf.backend_util.computeConv2DInfo(x, filter, strides, 1, pad, dimRoundingMode, false, format);
      const inputs = { x: tensor4(x, 1), dy: tensor4(info.outShape as Shape4, 2) };
      tf.env().set('IS_TEST', true); // the engine then throws if a kernel leaves data behind
      const dw = tf.engine().runKernel('Conv2DBackpropFilter', inputs, {
        strides,
        pad,
        dataFormat,
        dimRoundingMode,
        filterShape: filter,
      } as unknown as tf.NamedAttrMap) as tf.Tensor;
      tf.env().set('IS_TEST', false);
      expect(dw.shape).toEqual(filter);
      return dw.dataSync().slice() as Float32Array;
    }),
  );
}

async function agrees(c: Case, tolerance = 1e-5): Promise<void> {
  const [actual, expected] = [await kernelOn('wasm', c), await kernelOn('cpu', c)];
  expect(distance(actual, expected), JSON.stringify(c)).toBeLessThan(tolerance);
}

beforeAll(async () => {
  expect(() => ensureConv2DBackpropFilter()).toThrow(/no TensorFlow.js backend is active/);
  await tf.setBackend('wasm');
  expect(tf.getKernel('Conv2DBackpropFilter', 'wasm')).toBeUndefined();
  expect(ensureConv2DBackpropFilter()).toBe(true);
});
afterEach(() => tf.disposeVariables());

describe('registration', () => {
  it('happens once', () => {
    const kernel = tf.getKernel('Conv2DBackpropFilter', 'wasm');
    expect(ensureConv2DBackpropFilter('wasm')).toBe(false);
    expect(tf.getKernel('Conv2DBackpropFilter', 'wasm')).toBe(kernel);
  });

  it('leaves other backends alone', async () => {
    const kernel = tf.getKernel('Conv2DBackpropFilter', 'cpu');
    expect(await on('cpu', () => ensureConv2DBackpropFilter())).toBe(false);
    expect(tf.getKernel('Conv2DBackpropFilter', 'cpu')).toBe(kernel);
    expect(ensureConv2DBackpropFilter('no-such-backend')).toBe(false);
    expect(tf.getKernel('Conv2DBackpropFilter', 'no-such-backend')).toBeUndefined();
  });
});

describe("agreement with the cpu backend's kernel", () => {
  const pads: Pad[] = [
    'valid',
    'same',
    0,
    1,
    2,
    [
      [0, 0],
      [2, 0],
      [1, 3],
      [0, 0],
    ],
  ];
  const strides: [number, number][] = [
    [1, 1],
    [2, 2],
    [1, 2],
    [3, 1],
    [2, 3],
  ];

  for (const pad of pads) {
    it(`pad ${JSON.stringify(pad)}: strides, filters, odd sizes, batches, channels`, async () => {
      let k = 0;
      for (const s of strides) {
        for (const [fh, fw] of [
          [1, 1],
          [2, 2],
          [3, 3],
          [3, 2],
          [1, 4],
          [5, 5],
        ] as const) {
          for (const [H, W] of [
            [7, 7],
            [6, 8],
            [9, 5],
          ] as const) {
            const [b, ci, co] = [k % 2 === 0 ? 1 : 3, 1 + (k % 4), 1 + ((k >> 2) % 4)]; // each meets each
            k++;
            await agrees({ x: [b, H, W, ci], filter: [fh, fw, ci, co], strides: s, pad });
          }
        }
      }
    });
  }

  it('all of batch 1 and 3, ci and co 1 to 4', async () => {
    for (const b of [1, 3]) {
      for (const ci of [1, 2, 3, 4]) {
        for (const co of [1, 2, 3, 4]) {
          await agrees({ x: [b, 7, 6, ci], filter: [3, 2, ci, co], strides: [2, 1], pad: 'same' });
        }
      }
    }
  });

  it('dimRoundingMode', async () => {
    for (const dimRoundingMode of ['floor', 'round', 'ceil'] as const) {
      for (const pad of [
        0,
        1,
        [
          [0, 0],
          [0, 1],
          [1, 0],
          [0, 0],
        ],
      ] as Pad[]) {
        await agrees({ x: [2, 8, 8, 2], filter: [3, 3, 2, 3], strides: 2, pad, dimRoundingMode });
        await agrees({ x: [2, 9, 9, 2], filter: [3, 3, 2, 3], strides: 3, pad, dimRoundingMode });
      }
    }
  });

  it('NCHW', async () => {
    const dataFormat = 'NCHW';
    const explicit: Pad = [
      [0, 0],
      [0, 0],
      [2, 0],
      [1, 3],
    ];
    for (const pad of ['valid', 'same', 1, explicit] as Pad[]) {
      await agrees({ x: [3, 2, 7, 6], filter: [3, 3, 2, 4], pad, dataFormat });
      await agrees({ x: [1, 3, 7, 6], filter: [2, 3, 3, 1], strides: [2, 1], pad, dataFormat });
    }
  });

  it('a filter that sees nothing but padding gets zeros', async () => {
    const pad: Pad = [
      [0, 0],
      [5, 0],
      [5, 0],
      [0, 0],
    ];
    const c: Case = { x: [2, 1, 1, 2], filter: [2, 2, 2, 3], strides: 9, pad };
    expect([...(await kernelOn('wasm', c))]).toEqual(new Array(24).fill(0));
    await agrees(c);
  });

  it('an empty batch gives zeros', async () => {
    expect([...(await kernelOn('wasm', { x: [0, 5, 5, 2], filter: [2, 2, 2, 1] }))]).toEqual(new Array(8).fill(0));
  });

  it('several blocks, and a long sum', async () => {
    await agrees({ x: [16, 30, 30, 3], filter: [3, 3, 3, 4], pad: 'same' }); // blocks of 8 rows, last 6
    await agrees({ x: [2, 12, 40, 64], filter: [5, 5, 64, 2], pad: 'valid' }); // blocks cut by the size of A
    await agrees({ x: [3, 13, 11, 2], filter: [3, 3, 2, 4], strides: [2, 1], pad: 2 });
  });

  it('an input that lives on another backend', async () => {
    const x = await on('cpu', () => tensor4([2, 6, 6, 2], 1));
    const dy = await on('cpu', () => tensor4([2, 4, 4, 3], 2));
    const attrs = { strides: 1, pad: 'valid', dataFormat: 'NHWC', filterShape: [3, 3, 2, 3] };
    const dw = await on('wasm', () => tf.engine().runKernel('Conv2DBackpropFilter', { x, dy }, attrs) as tf.Tensor);
    const expected = await kernelOn('cpu', { x: [2, 6, 6, 2], filter: [3, 3, 2, 3] });
    expect(distance(dw.dataSync(), expected)).toBeLessThan(1e-5);
    tf.dispose([x, dy, dw]);
  });

  // wasm's matMul keeps its packed right-hand side by data id, whatever the shape: dy must never be that side.
  it("is not taken in by wasm's matMul cache", async () => {
    await tf.setBackend('wasm');
    const [x, dy] = [tensor4([1, 6, 6, 2], 1), tensor4([1, 4, 4, 3], 2)];
    tf.matMul(tf.ones([2, 12]), tf.reshape(dy, [12, 4])); // packs dy's data as [12, 4]
    const attrs = { strides: 1, pad: 'valid', dataFormat: 'NHWC', filterShape: [3, 3, 2, 3] };
    const dw = tf.engine().runKernel('Conv2DBackpropFilter', { x, dy }, attrs) as tf.Tensor;
    const expected = await kernelOn('cpu', { x: [1, 6, 6, 2], filter: [3, 3, 2, 3] });
    await tf.setBackend('wasm');
    expect(distance(dw.dataSync(), expected)).toBeLessThan(1e-5);
    tf.dispose([x, dy, dw]);
  });

  it('is the same to the last bit on each run', async () => {
    const c: Case = { x: [16, 30, 30, 3], filter: [3, 3, 3, 4], pad: 'same' };
    expect(await kernelOn('wasm', c)).toEqual(await kernelOn('wasm', c));
  });
});

describe('dilations (no gradient of tfjs-core reaches them)', () => {
  // The definition in float64; cpu's own kernel has no dilations to compare with.
  function oracle(x: Shape4, dyShape: number[], filter: Shape4, d: [number, number], top: number, left: number) {
    const [xv, dv] = [random(size(x), 1), random(size(dyShape), 2)];
    const [, OH, OW] = dyShape as Shape4;
    const [fh, fw, ci, co] = filter;
    const dw = new Float64Array(size(filter));
    let o = 0;
    for (let i = 0; i < fh; i++)
      for (let j = 0; j < fw; j++)
        for (let c = 0; c < ci; c++)
          for (let k = 0; k < co; k++, o++)
            for (let n = 0; n < x[0]; n++)
              for (let p = 0; p < OH; p++)
                for (let q = 0; q < OW; q++) {
                  const [r, s] = [p + i * d[0] - top, q + j * d[1] - left];
                  if (r < 0 || r >= x[1] || s < 0 || s >= x[2]) continue;
                  dw[o]! += xv[((n * x[1] + r) * x[2] + s) * ci + c]! * dv[((n * OH + p) * OW + q) * co + k]!;
                }
    return dw;
  }

  it('agree with the definition', async () => {
    await tf.setBackend('wasm');
    const [x, filter]: Shape4[] = [
      [3, 9, 8, 2],
      [3, 2, 2, 3],
    ];
    for (const d of [
      [2, 2],
      [1, 3],
      [2, 1],
    ] as [number, number][]) {
      for (const pad of ['valid', 'same', 1] as const) {
        const info = tf.backend_util.computeConv2DInfo(x!, filter!, 1, d, pad);
        const [xt, dy] = [tensor4(x!, 1), tensor4(info.outShape as Shape4, 2)];
        const backend = tf.backend() as unknown as Parameters<typeof conv2dBackpropFilter>[0];
        const dw = tf.engine().makeTensorFromTensorInfo(conv2dBackpropFilter(backend, xt, dy, filter!, 1, pad, d));
        const expected = oracle(x!, info.outShape, filter!, d, info.padInfo.top, info.padInfo.left);
        expect(distance(dw.dataSync(), expected)).toBeLessThan(1e-5);
        tf.dispose([xt, dy, dw]);
      }
    }
  });

  it('are refused by tfjs-core before any kernel runs', async () => {
    await tf.setBackend('wasm');
    const [x, w] = [tensor4([1, 9, 9, 1], 1), tensor4([3, 3, 1, 1], 2)];
    const grad = tf.grad((f: tf.Tensor) => tf.conv2d(x, f as tf.Tensor4D, 1, 'same', 'NHWC', 2));
    expect(() => grad(w)).toThrow(/dilation rates greater than 1/);
    tf.dispose([x, w]);
  });
});

describe('errors', () => {
  const filterShape = [3, 3, 2, 3];
  const attrs = { strides: 1, pad: 'valid', dataFormat: 'NHWC', filterShape };
  const call = (x: tf.Tensor, dy: tf.Tensor) => () => tf.engine().runKernel('Conv2DBackpropFilter', { x, dy }, attrs);

  it('name the shapes or the dtype, and leak nothing', async () => {
    await tf.setBackend('wasm');
    const before = tf.memory().numTensors;
    const data = tf.backend().numDataIds();
    tf.tidy(() => {
      const x = tf.ones([1, 6, 6, 2]);
      expect(call(x, tf.ones([1, 5, 4, 3]))).toThrow(/make an output \[1,4,4,3\], but dy is \[1,5,4,3\]/);
      expect(call(tf.ones([1, 6, 6, 4]), tf.ones([1, 4, 4, 3]))).toThrow(/x \[1,6,6,4\] and a filter \[3,3,2,3\]/);
      expect(call(tf.ones([1, 6, 6, 2], 'int32'), tf.ones([1, 4, 4, 3]))).toThrow(/must be float32/);
    });
    expect([tf.memory().numTensors, tf.backend().numDataIds()]).toEqual([before, data]);
  });
});
