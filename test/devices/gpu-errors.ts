import { backend, getBackend } from '@tensorflow/tfjs-core';

interface GpuError {
  readonly message: string;
}

interface GpuDevice {
  pushErrorScope(filter: string): void;
  popErrorScope(): Promise<GpuError | null>;
}

const FILTERS = ['validation', 'internal', 'out-of-memory'];

/** Runs on the current backend. Shaders that do not compile do not throw on WebGPU, they compute nothing: here they do. */
export async function withGpuErrors(run: () => Promise<void>): Promise<void> {
  if (getBackend() !== 'webgpu') return run();
  const { device } = backend() as unknown as { readonly device: GpuDevice };
  FILTERS.forEach((filter) => device.pushErrorScope(filter));
  const errors: GpuError[] = [];
  try {
    await run();
  } finally {
    for (let left = FILTERS.length; left > 0; left--) {
      const error = await device.popErrorScope();
      if (error !== null) errors.push(error);
    }
  }
  if (errors.length > 0) throw new Error(`WebGPU: ${errors.map(({ message }) => message).join('; ')}`);
}
