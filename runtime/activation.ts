import {
  customGrad,
  engine,
  getBackend,
  getGradient,
  getKernel,
  registerGradient,
  tidy,
  unregisterGradient,
  type NamedTensorMap,
  type Tensor,
  type TensorLike,
} from '@tensorflow/tfjs-core';
import { checkOperands } from './check.js';
import { registerCpuKernels, type CpuKernels } from './cpu.js';
import type { ActivationSpec } from './spec.js';
import { registerWasmKernels, type WasmKernels } from './wasm.js';

export interface ComposedGradients {
  readonly dx: Tensor;
  readonly dc: Tensor;
  readonly dd: Tensor;
}

/** The closed forms in differentiable tf ops: for every backend without kernels, and for higher derivatives. */
export interface ComposedForms {
  forward(x: Tensor, c: Tensor, d: Tensor): Tensor;
  backward(x: Tensor, dy: Tensor, c: Tensor, d: Tensor): ComposedGradients;
}

export interface ActivationDefinition {
  readonly name: string;
  readonly spec: ActivationSpec;
  readonly cpu: CpuKernels;
  readonly wasm: WasmKernels;
  readonly composed: ComposedForms;
}

/** F as an op: x of any shape, c [m + 1], d [n], all float32; differentiable by all three, to any order. */
export interface ActivationOp {
  (x: Tensor | TensorLike, c: Tensor | TensorLike, d: Tensor | TensorLike): Tensor;
  readonly spec: ActivationSpec;
}

/**
 * Makes the op of an emitted module. Its kernels are registered with tfjs under `Opau<name>`; a call runs the kernel
 * of the current backend where there is one, and the composed form elsewhere. Nothing but x, c and d is kept for the
 * backward pass. Throws an Error that quotes the offending value for operands of a wrong dtype or shape.
 */
export function defineActivation({ name, spec, cpu, wasm, composed }: ActivationDefinition): ActivationOp {
  const kernelName = `Opau${name}`;
  const gradKernelName = `${kernelName}Grad`;
  registerCpuKernels(kernelName, cpu);
  registerWasmKernels(kernelName, wasm);

  function gradients(dy: Tensor, x: Tensor, c: Tensor, d: Tensor): readonly [Tensor, Tensor, Tensor] {
    // Inside another gradient the backward pass is itself being recorded: kernels would not be differentiable.
    const recorded = engine().state.gradientDepth > 0;
    if (!recorded && getKernel(gradKernelName, getBackend()) !== undefined) {
      const inputs = { x, dy, c, d } as unknown as NamedTensorMap;
      return engine().runKernel<[Tensor, Tensor, Tensor]>(gradKernelName, inputs);
    }
    const { dx, dc, dd } = tidy(() => ({ ...composed.backward(x, dy, c, d) }));
    return [dx, dc, dd];
  }

  if (getGradient(kernelName) !== undefined) unregisterGradient(kernelName);
  registerGradient({
    kernelName,
    inputsToSave: ['x', 'c', 'd'],
    gradFunc: (dy, saved) => {
      // All at once: each thunk runs in a tidy of its own, which would dispose what its siblings need.
      const [dx, dc, dd] = gradients(dy as Tensor, saved[0]!, saved[1]!, saved[2]!);
      return { x: () => dx, c: () => dc, d: () => dd };
    },
  });

  const composedOp = customGrad((...args) => {
    const [x, c, d, save] = args as unknown as [Tensor, Tensor, Tensor, (saved: Tensor[]) => void];
    save([x, c, d]);
    return {
      value: tidy(() => composed.forward(x, c, d)),
      gradFunc: (dy: Tensor, saved: Tensor[]) => [...gradients(dy, saved[0]!, saved[1]!, saved[2]!)],
    };
  });

  const op = (xLike: Tensor | TensorLike, cLike: Tensor | TensorLike, dLike: Tensor | TensorLike): Tensor => {
    const [x, c, d] = checkOperands(name, spec, xLike, cLike, dLike);
    if (getKernel(kernelName, getBackend()) === undefined) return composedOp(x, c, d);
    return engine().runKernel<Tensor>(kernelName, { x, c, d } as unknown as NamedTensorMap);
  };
  return Object.assign(op, { spec });
}
