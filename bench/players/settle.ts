import * as tf from '@tensorflow/tfjs-core';

interface Gpu {
  readonly device: GPUDevice;
  readonly commandEncoder: unknown;
  readonly gpgpu: { readonly gl: WebGL2RenderingContext };
  endComputePassEncoder(): void;
  submitQueue(): void;
}

/** Hands over to webgpu what tfjs has gathered. */
export function submit(): void {
  const gpu = tf.backend() as unknown as Gpu;
  if (gpu.commandEncoder === null) return;
  gpu.endComputePassEncoder();
  gpu.submitQueue();
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
      submit();
      await gpu.device.queue.onSubmittedWorkDone();
  }
}

/** Runs something on webgpu. Throws an Error where the device refuses it: what is not valid is not run, and would seem fast. */
export async function expectValid<Result>(run: () => Result): Promise<Result> {
  const { device } = tf.backend() as unknown as Gpu;
  device.pushErrorScope('validation');
  const result = run();
  const error = await device.popErrorScope();
  if (error !== null) throw new Error(error.message);
  return result;
}
