import { getBackend } from '@tensorflow/tfjs-core';
import { NotApplicable, type Case, type Device } from './device.js';
import { expectEqual } from './judge.js';
import { withGpuErrors } from './gpu-errors.js';

/** Runs a case on its device; returns why it does not apply there, if it does not. */
export async function runCase(one: Case, device: Device): Promise<string | undefined> {
  // Otherwise a backend that gave up could pass by another's results.
  const expectBackend = (): void => expectEqual(getBackend(), device.backend, 'the backend');
  expectBackend();
  try {
    await withGpuErrors(() => one.run(device));
  } catch (error) {
    if (error instanceof NotApplicable) return error.message;
    throw error;
  }
  expectBackend();
  return undefined;
}
