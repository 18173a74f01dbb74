import { env, type DataId, type KernelBackend, type TensorInfo } from '@tensorflow/tfjs-core';

/** The part of tfjs's webgpu backend that kernels need. */
export interface WebGPUBackend extends KernelBackend {
  readonly device: GPUDevice;
  readonly tensorMap: { get(dataId: DataId): { readonly resource: GPUBuffer } };
  readonly bufferManager: {
    acquireBuffer(size: number, usage: number, mappedAtCreation: boolean, reuse: boolean): GPUBuffer;
  };
  /** Buffers that are destroyed once the commands gathered so far are submitted. */
  readonly stagingPendingDisposal: GPUBuffer[];
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

/** Where a pass writes how many workgroups the next one takes: 0 to begin with, as every new buffer is. */
export function newCounts(backend: WebGPUBackend): GPUBuffer {
  const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.INDIRECT;
  const buffer = backend.bufferManager.acquireBuffer(12, usage, false, false);
  backend.stagingPendingDisposal.push(buffer);
  return buffer;
}

/** Commands that belong together: they are submitted at the end, so that a buffer of theirs lives until then. */
export function dispatchAll(backend: WebGPUBackend, run: (dispatch: Dispatch) => void): void {
  run((pipeline, operands, uniforms, workgroups) => record(backend, pipeline, operands, uniforms, workgroups));
  if (env().getNumber('WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE') > backend.dispatchCountInPass) return;
  backend.endComputePassEncoder();
  backend.submitQueue();
}

/** Bindings are the operands in order, then the uniforms; a buffer of counts says how many workgroups there are. */
export type Dispatch = (
  pipeline: GPUComputePipeline,
  operands: readonly Operand[],
  uniforms: readonly number[],
  workgroups: number | GPUBuffer,
) => void;

/** Follows the backend's own recordAndSubmit, so that commands run in the order in which ops were called. */
function record(backend: WebGPUBackend, ...[pipeline, operands, uniforms, workgroups]: Parameters<Dispatch>): void {
  const buffers = operands.map((operand) => bindingOf(backend, operand));
  const values = backend.makeUniforms(uniforms.map((value) => ({ type: 'uint32', data: [value] })));
  const bindGroup = backend.device.createBindGroup({
    layout: pipeline.getBindGroupLayout(0),
    entries: [...buffers, values].map((resource, binding) => ({ binding, resource })),
  });
  backend.ensureCommandEncoderReady();
  backend.computePassEncoder ??= backend.commandEncoder.beginComputePass();
  const pass = backend.computePassEncoder;
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, bindGroup);
  if (typeof workgroups === 'number') {
    const width = Math.min(workgroups, backend.device.limits.maxComputeWorkgroupsPerDimension);
    pass.dispatchWorkgroups(width, Math.ceil(workgroups / width));
  } else {
    pass.dispatchWorkgroupsIndirect(workgroups, 0);
  }
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
