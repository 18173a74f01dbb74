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
