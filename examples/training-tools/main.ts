/** The README's "Training tools": a network of ReLUs becomes one of rational functions, learns, and shows what it learned. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { spirals } from './spirals.js';
// begin quoted
import {
  coefficientsOf,
  coefficientOptimizer,
  generatedLayers,
  recordActivations,
  replaceActivations,
} from 'opau/training';
import { writeTrainingReport } from 'opau/training-node';
import { HermitePade5x4 } from '../../generated/hermite-5-4.js';
// end quoted

await tf.setBackend('cpu');
const { x, y } = spirals(200);
const dense = (units: number, activation: 'relu' | 'sigmoid', seed: number) =>
  tfl.layers.dense({ units, activation, kernelInitializer: tfl.initializers.heNormal({ seed }) });
const model = tfl.sequential({
  layers: [
    tfl.layers.inputLayer({ inputShape: [2] }),
    dense(12, 'relu', 1),
    dense(12, 'relu', 2),
    dense(1, 'sigmoid', 3),
  ],
});
const directory = process.argv[2] ?? 'report';
const epochs = Number(process.argv[3] ?? 60);

// begin quoted
// A copy of the model, weights and all, with a trainable function for each relu.
const rational = replaceActivations(model, () => new HermitePade5x4());

// Coefficients learn at a rate of their own, without weight decay, their gradients clipped at norm 5.
const optimizer = coefficientOptimizer(tf.train.adam(0.01), {
  weightDecay: 1e-4,
  coefficients: { learningRate: 0.02 },
});
rational.compile({ optimizer, loss: 'binaryCrossentropy', metrics: ['accuracy'] });

// Keeps the coefficients of each layer, and what reaches it from a fixed probe.
const recorder = recordActivations(rational, { probe: x });
await rational.fit(x, y, { epochs, batchSize: 40, verbose: 0, callbacks: recorder });
const page = await writeTrainingReport(directory, recorder.recording);

// What one layer learned, for `opau-gen freeze`.
const [first] = generatedLayers(rational);
await writeFile(join(directory, 'gate.json'), JSON.stringify(await coefficientsOf(first!.layer)));
// end quoted

const [loss, accuracy] = (rational.evaluate(x, y) as tf.Scalar[]).map((value) => value.dataSync()[0]!);
process.stdout.write(`loss ${loss!.toFixed(3)}, accuracy ${accuracy!.toFixed(3)}; ${page}\n`);
