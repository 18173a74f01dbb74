import { io, tensor2d, type Tensor2D } from '@tensorflow/tfjs-core';
import { loadLayersModel, type LayersModel } from '@tensorflow/tfjs-layers';

/** Saves to memory and loads again, as from a file. */
export async function roundTrip(saved: LayersModel, config: io.SaveConfig = {}): Promise<LayersModel> {
  let artifacts: io.ModelArtifacts | undefined;
  const handler = io.withSaveHandler(async (a) => {
    // Through text, as a file would: what JSON cannot hold is lost here too.
    artifacts = { ...a, ...(JSON.parse(JSON.stringify({ ...a, weightData: undefined })) as io.ModelArtifacts) };
    return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
  });
  await saved.save(handler, config);
  return loadLayersModel(io.fromMemory(artifacts!));
}

/** The same numbers in [-1, 1] on each run. */
export function noise(rows: number, columns: number, seed = 1): Tensor2D {
  let state = seed;
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  };
  return tensor2d(Array.from({ length: rows * columns }, next), [rows, columns]);
}
