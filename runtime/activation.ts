import {
  customGrad,
  engine,
  getBackend,
  getKernel,
  reshape,
  tidy,
  type NamedTensorMap,
  type Tensor,
  type TensorLike,
} from '@tensorflow/tfjs-core';
import { checkOperands } from './check.js';
import { finite } from './composed.js';
import { registerCpuKernels, type CpuKernels } from './cpu.js';
import { kernelsInJavaScript } from './in-javascript.js';
import { keepShared } from './keep-shared.js';
import type { Layout } from './layout.js';
import type { ShaderKernels } from './shader.js';
import type { ActivationSpec } from './spec.js';
import { keepsDataOnGpu, registerTensorflowKernels } from './tensorflow.js';
import { registerWasmKernels, warnOfMissingSimd, type WasmKernels } from './wasm.js';
import { registerWebGLKernels } from './webgl/kernels.js';
import { registerWebGPUKernels } from './webgpu/kernels.js';

export interface ComposedGradients {
  readonly dx: Tensor;
  readonly dc: Tensor;
  readonly dd: Tensor;
}

/**
 * The closed forms in differentiable tf ops: for every backend without kernels, and for higher derivatives. x and dy
 * have shape [outer, sets, inner], c [sets, m + 1] and d [sets, n]; gradients have the shape of what they are for.
 */
export interface ComposedForms {
  forward(x: Tensor, c: Tensor, d: Tensor): Tensor;
  backward(x: Tensor, dy: Tensor, c: Tensor, d: Tensor): ComposedGradients;
}

export interface ActivationDefinition {
  readonly name: string;
  readonly spec: ActivationSpec;
  readonly cpu: CpuKernels;
  /** Kernels that a module may leave out: `opau-gen --backends`. On those backends the composed form runs instead. */
  readonly wasm?: WasmKernels;
  readonly webgpu?: ShaderKernels;
  readonly webgl?: ShaderKernels;
  readonly composed: ComposedForms;
}

/**
 * F as an op: x of any shape, c [..., m + 1], d [..., n], all float32; differentiable by all three, to any order. What
 * stands before the last dimension of c and d broadcasts to x's shape; with nothing there, all elements share one set.
 */
export interface ActivationOp {
  (x: Tensor | TensorLike, c: Tensor | TensorLike, d: Tensor | TensorLike): Tensor;
  readonly spec: ActivationSpec;
  /** Whose kernels its module carries, whether or not they run here. */
  readonly backends: readonly CarriedBackend[];
}

/** What a module can carry kernels for, in the order of `opau-gen --backends`. */
const CARRIED_BACKENDS = ['cpu', 'wasm', 'webgpu', 'webgl'] as const;
export type CarriedBackend = (typeof CARRIED_BACKENDS)[number];

/** Whether a module carries kernels for every backend that it can. */
export const carriesAll = ({ backends }: ActivationOp): boolean => backends.length === CARRIED_BACKENDS.length;

/**
 * Makes the op of an emitted module. Its kernels are registered with tfjs under `Opau<name>` and `Opau<name>Grad`; a
 * call runs the kernel of the current backend where there is one, and the composed form elsewhere. Nothing but x, c
 * and d is kept for the backward pass. Throws an Error that quotes the offending value for operands of a wrong dtype
 * or shape.
 */
export function defineActivation({ name, spec, composed, ...kernels }: ActivationDefinition): ActivationOp {
  const { cpu, wasm, webgpu, webgl } = kernels;
  const kernelName = `Opau${name}`;
  registerCpuKernels(kernelName, cpu);
  if (wasm !== undefined) registerWasmKernels(kernelName, wasm);
  const inJavaScript = kernelsInJavaScript(wasm, cpu);
  registerTensorflowKernels(kernelName, inJavaScript);
  if (webgl !== undefined) registerWebGLKernels(kernelName, spec, webgl, inJavaScript);
  if (webgpu !== undefined) registerWebGPUKernels(kernelName, spec, webgpu);

  function value(layout: Layout, x: Tensor, c: Tensor, d: Tensor): Tensor {
    const coefficients = byset(layout, c, d);
    const y = hasKernel(kernelName)
      ? runKernel<Tensor>(kernelName, layout, { x: layout.align(x), ...coefficients })
      : composed.forward(finite(layout.arrange(x)), coefficients.c, coefficients.d);
    return layout.restore(y);
  }

  function gradients(layout: Layout, x: Tensor, dy: Tensor, c: Tensor, d: Tensor): ComposedGradients {
    const coefficients = byset(layout, c, d);
    // Inside another gradient the backward pass is itself being recorded: kernels would not be differentiable.
    const recorded = engine().state.gradientDepth > 0;
    if (recorded || !hasKernel(`${kernelName}Grad`)) {
      const [arrangedX, arrangedDy] = [finite(layout.arrange(x)), layout.arrange(dy)];
      return reshaped(layout, composed.backward(arrangedX, arrangedDy, coefficients.c, coefficients.d), c, d);
    }
    const inputs = { x: layout.align(x), dy: layout.align(dy), ...coefficients };
    const [dx, dc, dd] = runKernel<[Tensor, Tensor, Tensor]>(`${kernelName}Grad`, layout, inputs);
    return reshaped(layout, { dx, dc, dd }, c, d);
  }

  const op = (xLike: Tensor | TensorLike, cLike: Tensor | TensorLike, dLike: Tensor | TensorLike): Tensor => {
    const { layout, ...operands } = checkOperands(name, spec, xLike, cLike, dLike);
    if (wasm !== undefined && getBackend() === 'wasm' && !hasKernel(kernelName)) warnOfMissingSimd();
    const copies = getBackend() === 'wasm';
    const differentiable = customGrad((...args) => {
      const [x, c, d, save] = args as unknown as [Tensor, Tensor, Tensor, (saved: Tensor[]) => void];
      save(copies ? [c, d] : [c, d, x]);
      return {
        value: tidy(() => value(layout, x, c, d)),
        // All at once: each would run in a tidy of its own, which would dispose what its siblings need.
        gradFunc: (dy: Tensor, [savedC, savedD, savedX]: Tensor[]) => {
          const { dx, dc, dd } = tidy(() => ({ ...gradients(layout, savedX!, dy, savedC!, savedD!) }));
          return [dx, dc, dd];
        },
      };
    });
    const y = differentiable(operands.x, operands.c, operands.d);
    if (copies) keepShared(operands.x, y);
    return y;
  };
  return Object.assign(op, { spec, backends: CARRIED_BACKENDS.filter((backend) => kernels[backend] !== undefined) });
}

const hasKernel = (name: string): boolean => getKernel(name, getBackend()) !== undefined && !keepsDataOnGpu();

const runKernel = <Result extends Tensor | Tensor[]>(
  name: string,
  { shape }: Layout,
  inputs: Readonly<Record<string, Tensor>>,
): Result => engine().runKernel(name, inputs as NamedTensorMap, { shape: [...shape] }) as Result;

/** The coefficients as [sets, m + 1] and [sets, n]. */
function byset({ shape: [, sets] }: Layout, c: Tensor, d: Tensor): { readonly c: Tensor; readonly d: Tensor } {
  return { c: reshape(c, [sets, c.shape.at(-1)!]), d: reshape(d, [d.shape.at(-1) === 0 ? 1 : sets, d.shape.at(-1)!]) };
}

const reshaped = (layout: Layout, { dx, dc, dd }: ComposedGradients, c: Tensor, d: Tensor): ComposedGradients => ({
  dx: layout.restore(dx),
  dc: reshape(dc, c.shape),
  dd: reshape(dd, d.shape),
});
