/**
 * How accurate the parameter gradients are, by the number of elements: the largest error of dc and dd against sums in
 * doubles, in units of 2^-24 of the sum of the terms' magnitudes. `npm run bench:sums [backend]`.
 */
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers';
import { handTerms } from './hand-terms.js';
import { c, d, dys, xs } from './players/inputs.js';
import { chooseBackend } from '../examples/fashion-mnist/backend.js';
import { hermitePade5x4 } from '../generated/hermite-5-4.js';

const SIZES = [1e3, 1e4, 1e5, 1e6, 1e7];
const { name, backend } = await chooseBackend(process.argv[2] ?? 'wasm');
// Else tfjs computes small tensors on the CPU.
if (backend === 'webgpu') tf.env().set('WEBGPU_CPU_FORWARD', false);

/** dc and dd of one run. */
async function gradients(x: tf.Tensor, dy: tf.Tensor): Promise<number[]> {
  const [cs, ds] = [tf.tensor1d(c), tf.tensor1d(d)];
  const [dx, dc, dd] = tf.grads((v, a, b) => hermitePade5x4(v!, a!, b!))([x, cs, ds], dy);
  const values = [...(await dc!.data()), ...(await dd!.data())];
  tf.dispose([dx, dc, dd, cs, ds]);
  return values;
}

console.log(`hermite 5/4 sum-abs on ${name}; units\n`);
console.log('| elements | dc and dd | the same bits in a second run |\n|---|---|---|');
for (const size of SIZES) {
  const [numbers, weights] = [xs(size), dys(size)];
  const [x, dy] = [tf.tensor1d(numbers), tf.tensor1d(weights)];
  const [first, second] = [await gradients(x, dy), await gradients(x, dy)];
  const truth = handTerms(numbers, weights, c, d);
  const units = first.map((value, i) => Math.abs(value - truth[i]!.sum) / (2 ** -24 * truth[i]!.size));
  const same = first.every((value, i) => Object.is(value, second[i]));
  console.log(
    `| ${size.toExponential(0).replace('+', '')} | ${Math.max(...units).toFixed(2)} | ${same ? 'yes' : 'no'} |`,
  );
  tf.dispose([x, dy]);
}
process.exit(0);
