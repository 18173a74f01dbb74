// What is left behind, and what is kept between the forward and the backward pass.
import {
  add,
  getBackend,
  getKernel,
  grad,
  grads,
  memory,
  mul,
  relu,
  sum,
  tidy,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { C, D, HERMITE, NotApplicable, wave, type Case } from '../device.js';
import { read, toTensor, vector } from '../evaluate.js';
import { peakDataBytes } from '../data-bytes.js';
import { expectEqual, expectThat } from '../judge.js';

const SIZE = 50_000;
const FLOAT = 4;

type Inputs = [Tensor, Tensor, Tensor];
const inputs = (): Inputs => [wave(SIZE), C, D].map((values) => toTensor(vector(values))) as Inputs;

/** Backends count bytes of the device beside tfjs's own. */
const counts = (): Readonly<Record<string, number | undefined>> => {
  const { numTensors, numDataBuffers, numBytes, numBytesInGPU } = memory() as ReturnType<typeof memory> & {
    numBytesInGPU?: number;
  };
  return { numTensors, numDataBuffers, numBytes, numBytesInGPU };
};

const leaks: Case = {
  name: 'leaves no tensors, buffers or bytes behind, on the device neither',
  needs: [HERMITE],
  async run(device) {
    const { op } = await device.load(HERMITE);
    const operands = inputs();
    const step = async (): Promise<void> => {
      const [y, dx, ...rest] = tidy(() => [op(...operands), ...grads((x, c, d) => op(x!, c!, d!))(operands)]);
      rest.forEach((t) => t.dispose());
      // A device frees when its queue has run: wait for it.
      await read(y!);
      await read(dx!);
    };
    await step();
    const before = counts();
    for (let i = 0; i < 3; i++) await step();
    expectEqual(counts(), before, 'after three steps');
    operands.forEach((t) => t.dispose());
  },
};

const kept: Case = {
  name: 'keeps nothing but x for the backward pass',
  needs: [HERMITE],
  async run(device) {
    const { op } = await device.load(HERMITE);
    const operands = inputs();
    /** Bytes that are alive while the tape records; tfjs counts those that tensors share for each of them. */
    const alive = (f: (x: Tensor, c: Tensor, d: Tensor) => Tensor): number => {
      let bytes = NaN;
      const gradients = grads((x, c, d) => {
        const before = memory().numBytes;
        const y = f(x!, c!, d!);
        bytes = memory().numBytes - before;
        // Of each, so that tfjs finds a way from y to it.
        return add(y, add(sum(mul(c!, 0)), sum(mul(d!, 0))));
      })(operands);
      gradients.forEach((t) => t.dispose());
      return bytes;
    };
    const coefficients = FLOAT * (C.length + D.length);
    expectEqual(alive(op), alive((x) => relu(x)) + coefficients, 'bytes alive, against those of ReLU');
    operands.forEach((t) => t.dispose());
  },
};

/** Coefficients, their gradients, and partial sums of these: a few numbers for each 1,024 elements at most. */
const ALLOWANCE = FLOAT * (2 * (C.length + D.length) + ((C.length + D.length) * SIZE) / 1024);

const peak: Case = {
  name: "a step's peak is ReLU's, and the coefficients",
  needs: [HERMITE],
  async run(device) {
    const { op } = await device.load(HERMITE);
    if (getKernel('OpauHermitePade5x4Grad', getBackend()) === undefined) {
      throw new NotApplicable('no kernels on this backend; the composed form makes intermediate tensors');
    }
    const operands = inputs();
    const dy = toTensor(vector(wave(SIZE, 1, 1)));
    const peakOf = (step: () => void): number => peakDataBytes(() => tidy(step));
    const base = peakOf(() => void grad((x) => relu(x))(operands[0], dy));
    const ours = peakOf(() => void grads((x, c, d) => op(x!, c!, d!))(operands, dy));
    // At least y and dx: else the ruler is broken.
    expectThat(
      ours >= 2 * SIZE * FLOAT && ours <= base + ALLOWANCE,
      `${ours} bytes, ReLU ${base}, allowed besides ${ALLOWANCE}`,
    );
    [...operands, dy].forEach((t) => t.dispose());
  },
};

export const memoryCases: readonly Case[] = [leaks, kept, peak];
