/**
 * What an activation costs in a browser: tfjs's relu, the emitted kernels, the same composed of tf ops, and LeNet steps, run
 * in turn in headless Chromium; medians. `npm run bench:browser [backend] [elements] [rounds]`.
 */
import { inChromium } from './chromium.js';
import { ratioTable, type Times } from './measure.js';

const [backend = 'webgl', elements = '1e6', rounds = '15'] = process.argv.slice(2);

const { device, times } = (await inChromium('browser-page', backend, Number(elements), Number(rounds))) as {
  device: string;
  times: Times;
};
console.log(
  `hermite 5/4 sum-abs on ${backend}, ${device}; ${elements} elements, ${rounds} interleaved rounds, medians\n`,
);
console.log(
  ratioTable(times, [
    ['forward', 'relu'],
    ['composed, forward', 'forward'],
    ['value and all gradients', 'relu, value and gradient'],
    ['composed, value and all gradients', 'value and all gradients'],
    ['LeNet step, ours', 'LeNet step, ReLU'],
  ]),
);
