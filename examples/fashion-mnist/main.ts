import { ensureConv2DBackpropFilter } from 'opau/runtime';
import { HermitePade5x4, spec as sumAbs } from '../../generated/hermite-5-4.js';
import { HermitePade5x4AbsSum, spec as absSum } from '../../generated/hermite-5-4-abs-sum.js';
import * as tfl from '@tensorflow/tfjs-layers';
import type { ActivationChoice } from './lenet.js';
import { run } from './run.js';

/** The function that both layers start near. */
const LEAKY_SLOPE = 0.01;
const target = (label: string): ActivationChoice['target'] => ({
  label,
  evaluate: (x) => (x < 0 ? LEAKY_SLOPE * x : x),
});

const choices: readonly ActivationChoice[] = [
  { label: 'ReLU', create: (name) => tfl.layers.reLU({ name }) },
  {
    label: 'Hermite 5/4 sum-abs',
    create: (name) => new HermitePade5x4({ name }),
    target: target(sumAbs.initial.target),
  },
  {
    label: 'Hermite 5/4 abs-sum',
    create: (name) => new HermitePade5x4AbsSum({ name }),
    target: target(absSum.initial.target),
  },
];

const io = { stdout: process.stdout, stderr: process.stderr, env: process.env, now: () => performance.now() };
process.exitCode = await run(process.argv.slice(2), io, { choices, completeBackend: ensureConv2DBackpropFilter });
