/**
 * What it costs to be right at every input: the emitted GPU kernels of Hermite 5/4 sum-abs, side by side with the same
 * shaders without the tests that send large numbers to the wide ones; interleaved runs, medians.
 * `npm run bench:every-input [webgpu|webgl] [elements]`: webgpu by Dawn in Node, webgl in headless Chromium.
 */
import { runInNewContext } from 'node:vm';
import { parseTarget } from '../compiler/fit/targets.js';
import { shaderText } from '../compiler/emit/shader.js';
import { generate } from '../compiler/generate.js';
import { defineSpec } from '../compiler/spec.js';
import { chooseBackend } from '../examples/fashion-mnist/backend.js';
import { median, ratioTable } from './measure.js';
import { compareEveryInput, type Costs, type Subject } from './players/every-input.js';
import type { ShaderKernels } from '../runtime/shader.js';

const ROUNDS = 15;

const [backend = 'webgpu', elements = '1e6'] = process.argv.slice(2);
const spec = defineSpec({ basis: 'hermite', m: 5, n: 4, denominator: 'sum-abs', target: parseTarget('leaky_relu') });
const { activation } = generate(spec);
const subject: Subject = {
  m: spec.m,
  n: spec.n,
  c: [...activation.fit.c],
  d: [...activation.fit.d],
  kernels: JSON.parse(JSON.stringify(runInNewContext(shaderText(activation)))) as ShaderKernels,
};

const costs = backend === 'webgl' ? await inBrowser() : await inNode();
console.log(`hermite 5/4 sum-abs on ${costs.device}; ${elements} elements, ${ROUNDS} interleaved rounds, medians\n`);
console.log(
  ratioTable(costs.times, [
    ['forward', 'forward, plain'],
    ['backward', 'backward, plain'],
    ['forward, 0.1 % huge', 'forward, plain'],
    ['backward, 0.1 % huge', 'backward, plain'],
  ]),
);
console.error(`forward median ${median(costs.times['forward']!).toFixed(2)} ms`);
process.exit(0);

/** Loaded only here: the packed benchmark has no browser. */
async function inBrowser(): Promise<Costs> {
  const { inChromium } = await import('./chromium.js');
  return (await inChromium('every-input-page', subject, Number(elements), ROUNDS)) as Costs;
}

async function inNode(): Promise<Costs> {
  await chooseBackend('webgpu');
  return compareEveryInput(subject, Number(elements), ROUNDS);
}
