import { getKernel, registerKernel, unregisterKernel, type TensorInfo } from '@tensorflow/tfjs-core';

export type Inputs = Readonly<Record<string, TensorInfo>>;

/** What a kernel is told besides its inputs. */
export interface Attributes {
  /** [outer, sets, inner]: how the elements of x are divided among sets, whatever shape x itself has. */
  readonly shape: readonly [outer: number, sets: number, inner: number];
}

/** Registers a kernel of a backend that is seen as a `Backend`. */
export function register<Backend>(
  kernelName: string,
  backendName: string,
  run: (inputs: Inputs, backend: Backend, attributes: Attributes) => TensorInfo | TensorInfo[],
): void {
  // The same module loaded twice (hot reload, two bundles) registers again; the newest wins, without a warning.
  if (getKernel(kernelName, backendName) !== undefined) unregisterKernel(kernelName, backendName);
  registerKernel({
    kernelName,
    backendName,
    kernelFunc: ({ inputs, backend, attrs }) =>
      run(inputs as Inputs, backend as Backend, attrs as unknown as Attributes),
  });
}
