/**
 * The filter gradient of conv2d for tfjs-backend-wasm, which ships without it: without this kernel no CNN trains there.
 *
 *     dw[i,j,c,k] = sum_{n,p,q} x[n, p*sh + i*dh - top, q*sw + j*dw - left, c] * dy[n,p,q,k]
 *
 * is one matrix product, dw = A * B, with A of shape [fh*fw*ci, P] (row = tap and input channel), B = dy of shape
 * [P, co], and P running over output row, output column and picture. The picture is the innermost axis of both, so at
 * stride 1 a row of A is made of contiguous runs of OW*b floats of x: building A is memcpy, for any padding.
 * P is cut into blocks of whole output rows. That bounds the size of A, and it keeps the rounding error from growing
 * with the batch: float32 sums inside a block, float64 sums across blocks, always in the same order.
 *
 * The other composition, conv2d of x transposed to [ci,H,W,b] with dy transposed to [OH,OW,b,co] as the filter, is as
 * fast for LeNet but 1.2 to 1.8 times slower for wider layers: wasm's conv2d transposes and packs its whole filter.
 */
import * as tf from '@tensorflow/tfjs-core';

type TensorInfo = tf.TensorInfo;
type Pair = [number, number] | number;
type Pad = Parameters<typeof tf.backend_util.computeConv2DInfo>[4];
type Rounding = 'floor' | 'round' | 'ceil';

/** What this kernel uses of tfjs-backend-wasm's BackendWasm, so that the package stays an optional peer. */
interface WasmHeap {
  makeOutput(shape: number[], dtype: 'float32'): TensorInfo;
  typedArrayFromHeap(t: TensorInfo): Float32Array;
  disposeData(dataId: object): boolean;
}

const KERNEL = 'Conv2DBackpropFilter';

/** Longest float32 sum, and most elements of A (4 MiB), in one block; a block has one output row at the least. */
const MAX_TERMS = 4096;
const MAX_ELEMENTS = 2 ** 20;

/**
 * Gives the wasm backend the kernel that conv2d's filter gradient runs, if it has none.
 *
 * Every other backend of TensorFlow.js 4.22 has one of its own and is left alone. The gradients themselves are
 * registered by importing `@tensorflow/tfjs-layers`; with tfjs-core alone there are none.
 *
 * @param backendName the backend to look at; the active one if left out
 * @returns true if the kernel was registered by this call, else false
 * @throws if no backend is active yet and no name was given
 */
export function ensureConv2DBackpropFilter(backendName: string = tf.getBackend()): boolean {
  if (!backendName) {
    throw new Error(
      `${KERNEL}: no TensorFlow.js backend is active yet, so there is none to check; ` +
        `call it after \`await tf.setBackend('wasm')\`, or pass the backend's name.`,
    );
  }
  if (backendName !== 'wasm' || tf.getKernel(KERNEL, backendName)) return false;
  tf.registerKernel({
    kernelName: KERNEL,
    backendName,
    kernelFunc: ({ inputs, attrs, backend }) => {
      const { x, dy } = inputs as { x: TensorInfo; dy: TensorInfo };
      const a = attrs as unknown as tf.Conv2DBackpropFilterAttrs;
      return conv2dBackpropFilter(
        backend as WasmHeap,
        x,
        dy,
        a.filterShape,
        a.strides,
        a.pad,
        1,
        a.dataFormat,
        a.dimRoundingMode,
      );
    },
  });
  return true;
}

/**
 * The gradient of conv2d's output with respect to its filter, on the wasm backend, below the engine: the caller owns
 * the result (`tf.engine().makeTensorFromTensorInfo` makes a tensor of it).
 *
 * tfjs-core refuses to differentiate a dilated conv2d on any backend, so the kernel always runs with dilations 1;
 * here they may be anything.
 *
 * @param backend the BackendWasm
 * @param x the convolution's input, float32 [b, H, W, ci], or [b, ci, H, W] for NCHW
 * @param dy the gradient of its output, float32 [b, OH, OW, co], or [b, co, OH, OW] for NCHW
 * @param filterShape [fh, fw, ci, co]
 * @returns float32 [fh, fw, ci, co]
 * @throws if x or dy is not float32, or if the shapes do not belong to one convolution
 */
export function conv2dBackpropFilter(
  backend: WasmHeap,
  x: TensorInfo,
  dy: TensorInfo,
  filterShape: [number, number, number, number],
  strides: Pair,
  pad: Pad,
  dilations: Pair = 1,
  dataFormat: 'NHWC' | 'NCHW' = 'NHWC',
  dimRoundingMode?: Rounding,
): TensorInfo {
  const info = tf.backend_util.computeConv2DInfo(
    x.shape as [number, number, number, number],
    filterShape,
    strides,
    dilations,
    pad,
    dimRoundingMode,
    false,
    tf.backend_util.convertConv2DDataFormat(dataFormat),
  );
  check(x, dy, filterShape, info);
  const { batchSize, outHeight, outWidth, filterHeight, filterWidth, inChannels, outChannels } = info;

  const run = (kernelName: string, inputs: tf.NamedTensorInfoMap, attrs: object): TensorInfo =>
    tf.getKernel(kernelName, 'wasm').kernelFunc({ inputs, backend, attrs: attrs as tf.NamedAttrMap }) as TensorInfo;
  const free = (...ts: TensorInfo[]): void => ts.forEach((t) => backend.disposeData(t.dataId));
  const heap = (t: TensorInfo): Float32Array => backend.typedArrayFromHeap(t);

  const nhwc = dataFormat === 'NHWC';
  const xt = run('Transpose', { x }, { perm: nhwc ? [3, 1, 2, 0] : [1, 2, 3, 0] }); // [ci, H, W, b]
  const dyt = run('Transpose', { x: dy }, { perm: nhwc ? [1, 2, 0, 3] : [2, 3, 0, 1] }); // [OH, OW, b, co]

  const m = filterHeight * filterWidth * inChannels;
  const rowTerms = outWidth * batchSize;
  const rows = Math.max(1, Math.floor(Math.min(MAX_TERMS, MAX_ELEMENTS / m) / rowTerms));
  const sum = new Float64Array(m * outChannels);
  for (let from = 0; rowTerms > 0 && from < outHeight; from += rows) {
    const to = Math.min(outHeight, from + rows);
    const terms = (to - from) * rowTerms;
    const a = backend.makeOutput([1, m, terms], 'float32');
    // B is a fresh tensor in each block, never a reused buffer or a reshape of the caller's dy: wasm's matMul keeps the
    // packed right-hand side by data id, and takes the old one whatever the values and the shape are now.
    const b = backend.makeOutput([1, terms, outChannels], 'float32');
    // Views of the heap are taken after the last allocation: growing the memory detaches them.
    fillTaps(heap(a), heap(xt).byteOffset, info, from, to);
    heap(b).set(heap(dyt).subarray(from * rowTerms * outChannels, to * rowTerms * outChannels));
    const product = run('BatchMatMul', { a, b }, { transposeA: false, transposeB: false });
    const part = heap(product);
    for (let i = 0; i < sum.length; i++) sum[i]! += part[i]!;
    free(a, b, product);
  }
  free(xt, dyt);
  const dw = backend.makeOutput(filterShape, 'float32');
  heap(dw).set(sum);
  return dw;
}

type ConvInfo = tf.backend_util.Conv2DInfo;

/**
 * A = [tap, input channel][output row from..to, output column, picture], gathered from x^T = [ci, H, W, b], which lies
 * at byte xtOffset of the same heap: copyWithin makes no view a run, and there are thousands of runs.
 */
function fillTaps(a: Float32Array, xtOffset: number, info: ConvInfo, from: number, to: number): void {
  const { batchSize: b, inChannels, inHeight, inWidth, outWidth, filterHeight, filterWidth } = info;
  const { strideHeight, strideWidth, dilationHeight, dilationWidth, padInfo } = info;
  const heap = new Float32Array(a.buffer);
  const xt = xtOffset / 4;
  const width = outWidth * b;
  let out = a.byteOffset / 4;
  for (let i = 0; i < filterHeight; i++) {
    for (let j = 0; j < filterWidth; j++) {
      // Output columns first..last-1 see column q*strideWidth + shift of x; the others see padding.
      const shift = j * dilationWidth - padInfo.left;
      const first = Math.max(0, Math.ceil(-shift / strideWidth));
      const last = Math.min(outWidth, Math.floor((inWidth - 1 - shift) / strideWidth) + 1);
      for (let c = 0; c < inChannels; c++) {
        for (let p = from; p < to; p++, out += width) {
          const row = p * strideHeight + i * dilationHeight - padInfo.top;
          const seen = row >= 0 && row < inHeight && first < last;
          // The heap is not cleared: what falls on padding is set to zero here.
          if (!seen || first > 0 || last < outWidth) heap.fill(0, out, out + width);
          if (!seen) continue;
          const x0 = xt + ((c * inHeight + row) * inWidth + shift) * b;
          if (strideWidth === 1) {
            heap.copyWithin(out + first * b, x0 + first * b, x0 + last * b);
            continue;
          }
          for (let q = first; q < last; q++) {
            const source = x0 + q * strideWidth * b;
            for (let n = 0; n < b; n++) heap[out + q * b + n] = heap[source + n]!;
          }
        }
      }
    }
  }
}

/** One clear error before anything is allocated, where wasm would read past a tensor's end. */
function check(x: TensorInfo, dy: TensorInfo, filterShape: number[], info: ConvInfo): void {
  if (x.dtype !== 'float32' || dy.dtype !== 'float32') {
    throw new Error(`${KERNEL}: x and dy must be float32, but are ${x.dtype} and ${dy.dtype}; cast them first.`);
  }
  if (filterShape[2] !== info.inChannels || !tf.util.arraysEqual(dy.shape, info.outShape)) {
    throw new Error(
      `${KERNEL}: x [${x.shape}] and a filter [${filterShape}] make an output [${info.outShape}], but dy is ` +
        `[${dy.shape}]; conv2d's gradient forgets dimRoundingMode, so use one that changes no size.`,
    );
  }
}
