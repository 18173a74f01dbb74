import { env, type DataId, type KernelBackend, type TensorInfo } from '@tensorflow/tfjs-core';
import type { Pipeline } from './pipeline.js';
import { traitsOf } from './traits.js';

/** The part of tfjs's webgpu backend that kernels need. */
export interface WebGPUBackend extends KernelBackend {
  readonly device: GPUDevice;
  readonly tensorMap: { get(dataId: DataId): { readonly resource: GPUBuffer } };
  readonly commandQueueOwnedIds: WeakSet<DataId>;
  commandEncoder: GPUCommandEncoder;
  computePassEncoder: GPUComputePassEncoder | null;
  dispatchCountInPass: number;
  makeTensorInfo(shape: number[], dtype: 'float32', values?: Float32Array): TensorInfo;
  uploadToGPU(dataId: DataId): void;
  makeUniforms(values: readonly { type: 'uint32'; data: number[] }[]): GPUBufferBinding;
  ensureCommandEncoderReady(): void;
  endComputePassEncoder(): void;
  submitQueue(): void;
}

/** What a shader reads or writes: a buffer, or a tensor, or a part of one, in elements. */
export type Operand = GPUBuffer | { readonly tensor: TensorInfo; readonly range?: Range };

export interface Range {
  readonly start: number;
  readonly size: number;
}

/** What a shader is given: the operands in order, then the uniforms. */
export type Bindings = readonly GPUBufferBinding[];

export interface Commands {
  /** For shaders of these commands, several if need be. */
  bind(operands: readonly Operand[], uniforms: readonly number[]): Bindings;
  dispatch(pipeline: Pipeline, bindings: Bindings, workgroups: number): void;
}

/** Commands that belong together: they are submitted at the end, until when nobody else has the buffer of their uniforms. */
export function dispatchAll(backend: WebGPUBackend, run: (commands: Commands) => void): void {
  run({
    bind: (operands, uniforms) => [
      ...operands.map((operand) => bindingOf(backend, operand)),
      backend.makeUniforms(uniforms.map((value) => ({ type: 'uint32', data: [value] }))),
    ],
    dispatch: (...command) => record(backend, ...command),
  });
  if (env().getNumber('WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE') > backend.dispatchCountInPass) return;
  backend.endComputePassEncoder();
  backend.submitQueue();
}

/** Follows the backend's own recordAndSubmit, so that commands run in the order in which ops were called. */
function record(backend: WebGPUBackend, { compute, layout }: Pipeline, bindings: Bindings, workgroups: number): void {
  const entries = bindings.map((resource, binding) => ({ binding, resource }));
  const bindGroup = backend.device.createBindGroup({ layout, entries });
  backend.ensureCommandEncoderReady();
  backend.computePassEncoder ??= backend.commandEncoder.beginComputePass();
  const pass = backend.computePassEncoder;
  pass.setPipeline(compute);
  pass.setBindGroup(0, bindGroup);
  const width = Math.min(workgroups, traitsOf(backend.device).workgroupsPerDimension);
  pass.dispatchWorkgroups(width, Math.ceil(workgroups / width));
  backend.dispatchCountInPass++;
}

function bindingOf(backend: WebGPUBackend, operand: Operand): GPUBufferBinding {
  if (!('tensor' in operand)) return { buffer: operand };
  const { tensor, range } = operand;
  backend.uploadToGPU(tensor.dataId);
  backend.commandQueueOwnedIds.add(tensor.dataId);
  const { resource: buffer } = backend.tensorMap.get(tensor.dataId);
  return range === undefined ? { buffer } : { buffer, offset: 4 * range.start, size: 4 * range.size };
}
