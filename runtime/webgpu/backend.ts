import { env, type DataId, type KernelBackend, type TensorInfo } from '@tensorflow/tfjs-core';

/** The part of tfjs's webgpu backend that kernels need. */
export interface WebGPUBackend extends KernelBackend {
  readonly device: GPUDevice;
  readonly tensorMap: { get(dataId: DataId): { readonly resource: GPUBuffer } };
  readonly commandQueueOwnedIds: WeakSet<DataId>;
  commandEncoder: GPUCommandEncoder;
  computePassEncoder: GPUComputePassEncoder | null;
  dispatchCountInPass: number;
  /** Set while tf.time or tf.profile measures. */
  readonly activeTimers?: unknown;
  makeTensorInfo(shape: number[], dtype: 'float32', values?: Float32Array): TensorInfo;
  uploadToGPU(dataId: DataId): void;
  makeUniforms(values: readonly { type: 'uint32'; data: number[] }[]): GPUBufferBinding;
  ensureCommandEncoderReady(): void;
  endComputePassEncoder(): void;
  submitQueue(): void;
}

/** What a shader reads or writes: a part of a tensor, in elements; all of it without a range. */
export interface Operand {
  readonly tensor: TensorInfo;
  readonly range?: { readonly start: number; readonly size: number };
}

/**
 * Appends a dispatch to the commands that the backend gathers. Bindings are the operands in order, then the uniforms.
 * Follows the backend's own recordAndSubmit, so that commands run in the order in which ops were called.
 */
export function dispatch(
  backend: WebGPUBackend,
  pipeline: GPUComputePipeline,
  operands: readonly Operand[],
  uniforms: readonly number[],
  workgroups: number,
): void {
  const buffers = operands.map(({ tensor, range }): GPUBufferBinding => {
    backend.uploadToGPU(tensor.dataId);
    backend.commandQueueOwnedIds.add(tensor.dataId);
    const { resource: buffer } = backend.tensorMap.get(tensor.dataId);
    return range === undefined ? { buffer } : { buffer, offset: 4 * range.start, size: 4 * range.size };
  });
  const values = backend.makeUniforms(uniforms.map((value) => ({ type: 'uint32', data: [value] })));
  const bindGroup = backend.device.createBindGroup({
    layout: pipeline.getBindGroupLayout(0),
    entries: [...buffers, values].map((resource, binding) => ({ binding, resource })),
  });
  const width = Math.min(workgroups, backend.device.limits.maxComputeWorkgroupsPerDimension);

  backend.ensureCommandEncoderReady();
  backend.computePassEncoder ??= backend.commandEncoder.beginComputePass();
  const pass = backend.computePassEncoder;
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, bindGroup);
  pass.dispatchWorkgroups(width, Math.ceil(workgroups / width));
  backend.dispatchCountInPass++;
  if (env().getNumber('WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE') <= backend.dispatchCountInPass) {
    backend.endComputePassEncoder();
    backend.submitQueue();
  }
}
