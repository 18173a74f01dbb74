import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as tfl from '@tensorflow/tfjs-layers';
import ts from 'typescript';
import { className } from '../../compiler/emit/identity.js';
import { epochBatches, makeBatch, measureScaling } from '../../examples/fashion-mnist/batches.js';
import { loadDataset } from '../../examples/fashion-mnist/dataset.js';
import { CLASSES } from '../../examples/fashion-mnist/pictures.js';
import { evaluate } from '../../examples/fashion-mnist/evaluate.js';
import type { Lenet } from '../../examples/fashion-mnist/lenet.js';
import { Stepper, type LearningRates } from '../../examples/fashion-mnist/step.js';
import type { Spec } from '../../compiler/spec.js';

type Layer = tfl.layers.Layer;

/** Makes a new layer. */
export type Activation = () => Layer;

export const [STEPS, BATCH] = [200, 64];
/** Of Adam, for weights and for coefficients. */
export const LEARNING_RATES: LearningRates = { weights: 1e-3, coefficients: 1e-3 };
/** How many of the last steps the training loss is a mean of. */
export const LAST = 50;

const dataset = loadDataset(fileURLToPath(new URL('../../../examples/fashion-mnist/data', import.meta.url)));
const scaling = measureScaling(dataset.train, 1);

/** The layer of a module as the compiler emits it: written beside this script, without its types, and loaded. */
export async function load(spec: Spec, [name, text]: readonly [string, string]): Promise<Activation> {
  const folder = new URL('modules/', import.meta.url);
  mkdirSync(folder, { recursive: true });
  const path = new URL(name.replace('.ts', '.js'), folder);
  const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext };
  writeFileSync(path, ts.transpileModule(text, { compilerOptions }).outputText);
  const module = (await import(path.href)) as Record<string, new () => Layer>;
  return () => new module[className(spec)]!();
}

/** Two hidden layers; the initial weights depend on the seed alone. */
function buildNet(activation: Activation, seed: number): Lenet {
  const kernelInitializer = (layer: number) => tfl.initializers.heNormal({ seed: seed * 101 + layer });
  const { dense, flatten } = tfl.layers;
  const activations = [activation(), activation()];
  const model = tfl.sequential({
    layers: [
      flatten({ inputShape: [...dataset.shape] }),
      dense({ units: 64, kernelInitializer: kernelInitializer(1) }),
      activations[0]!,
      dense({ units: 32, kernelInitializer: kernelInitializer(2) }),
      activations[1]!,
      dense({ units: CLASSES, kernelInitializer: kernelInitializer(3) }),
    ],
  });
  return { model, activations };
}

export interface Trained {
  /** Mean cross-entropy of the last training steps. */
  readonly loss: number;
  /** On the test pictures. */
  readonly accuracy: number;
}

/** A net after STEPS steps of Adam. The same pictures in the same order for every activation. */
export async function train(activation: Activation, seed: number): Promise<Trained> {
  const net = buildNet(activation, seed);
  const stepper = new Stepper(net, LEARNING_RATES);
  const losses: number[] = [];
  for (let epoch = 0; losses.length < STEPS; epoch++) {
    for (const numbers of epochBatches(dataset.train.count, BATCH, seed, epoch).slice(0, STEPS - losses.length)) {
      const batch = makeBatch(dataset.train, dataset.shape, scaling, numbers);
      losses.push((await stepper.step(batch)).loss);
      batch.x.dispose();
      batch.y.dispose();
    }
  }
  const { accuracy } = await evaluate(net, dataset, scaling);
  stepper.dispose();
  return { loss: losses.slice(-LAST).reduce((sum, loss) => sum + loss, 0) / LAST, accuracy };
}
