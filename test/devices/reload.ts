import { io } from '@tensorflow/tfjs-core';
import { loadLayersModel, type LayersModel } from '@tensorflow/tfjs-layers';

/** Saves to memory and loads again, as from a file. */
export async function reload(saved: LayersModel): Promise<LayersModel> {
  let artifacts: io.ModelArtifacts | undefined;
  await saved.save(
    io.withSaveHandler(async (a) => {
      artifacts = a;
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
    }),
  );
  return loadLayersModel(io.fromMemory(artifacts!));
}
