import { getKernel, registerKernel, unregisterKernel, type TensorInfo } from '@tensorflow/tfjs-core';

export type Inputs = Readonly<Record<string, TensorInfo>>;

/** Registers a kernel of a backend that is seen as a `Backend`. */
export function register<Backend>(
  kernelName: string,
  backendName: string,
  run: (inputs: Inputs, backend: Backend) => TensorInfo | TensorInfo[],
): void {
  // The same module loaded twice (hot reload, two bundles) registers again; the newest wins, without a warning.
  if (getKernel(kernelName, backendName) !== undefined) unregisterKernel(kernelName, backendName);
  registerKernel({
    kernelName,
    backendName,
    kernelFunc: ({ inputs, backend }) => run(inputs as Inputs, backend as Backend),
  });
}
