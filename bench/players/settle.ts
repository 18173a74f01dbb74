import * as tf from '@tensorflow/tfjs-core';

interface Gpu {
  readonly device: GPUDevice;
  readonly commandEncoder: unknown;
  readonly gpgpu: { readonly gl: WebGL2RenderingContext };
  endComputePassEncoder(): void;
  submitQueue(): void;
}

/** Waits until the device has done all that it was told. */
export async function settle(): Promise<void> {
  const gpu = tf.backend() as unknown as Gpu;
  switch (tf.getBackend()) {
    case 'webgl':
      // gl.finish() may return early; what is read must be there.
      gpu.gpgpu.gl.readPixels(0, 0, 1, 1, gpu.gpgpu.gl.RGBA, gpu.gpgpu.gl.FLOAT, new Float32Array(4));
      return;
    case 'webgpu':
      if (gpu.commandEncoder !== null) {
        gpu.endComputePassEncoder();
        gpu.submitQueue();
      }
      await gpu.device.queue.onSubmittedWorkDone();
  }
}

/** Runs something on webgpu. Throws an Error where the device refuses it: what is not valid is not run, and would seem fast. */
export async function expectValid<Result>(run: () => Promise<Result>): Promise<Result> {
  const { device } = tf.backend() as unknown as Gpu;
  device.pushErrorScope('validation');
  const result = await run();
  const error = await device.popErrorScope();
  if (error !== null) throw new Error(error.message);
  return result;
}
