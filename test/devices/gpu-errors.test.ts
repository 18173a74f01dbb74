import { backend } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { requiredDevices } from '../support/required-devices.js';
import { withGpuErrors } from './gpu-errors.js';
import { NODE_DEVICES } from './node-devices.js';

const webgpu = NODE_DEVICES.find(({ name }) => name === 'webgpu')!;
const missing = await webgpu.start().then(
  () => undefined,
  (error: Error) => error.message,
);

describe.skipIf(missing !== undefined && !requiredDevices().has('webgpu'))('withGpuErrors', () => {
  const compile = (code: string) => async (): Promise<void> => {
    (backend() as unknown as { device: GPUDevice }).device.createShaderModule({ code });
  };

  it('makes an error of a shader that does not compile', async () => {
    await expect(withGpuErrors(compile('fn main() { let x: f32 = 1i; }'))).rejects.toThrow(/^WebGPU: .*f32/s);
  });

  it('lets one that does compile pass', async () => {
    await withGpuErrors(compile('fn main() { let x: f32 = 1.0; }'));
  });
});
