// `node node.js PACKAGE BACKEND`: what came of it goes to stdout, as JSON.
import * as tf from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import { defineSpec, generate } from 'opau';
import { trainAndReload } from './train.js';

declare const process: { readonly argv: readonly string[] };

const [, , packageName, backend] = process.argv;
await import(packageName!);
const outcome = await trainAndReload(backend!, async (model) => {
  let artifacts: tf.io.ModelArtifacts | undefined;
  await model.save(
    tf.io.withSaveHandler(async (saved) => {
      artifacts = JSON.parse(JSON.stringify({ ...saved, weightData: undefined })) as tf.io.ModelArtifacts;
      artifacts.weightData = saved.weightData!;
      return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
    }),
  );
  return loadLayersModel(tf.io.fromMemory(artifacts!));
});
const { files } = generate(defineSpec({ basis: 'hermite', m: 3, n: 2 }));
console.log(JSON.stringify({ ...outcome, file: files.get('hermite-3-2.ts') }));
