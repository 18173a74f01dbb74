import * as tf from '@tensorflow/tfjs-core';
import type { Act } from './answer.js';

const CODE = `
@group(0) @binding(0) var<storage, read> xs: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> ys: array<vec4f>;
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) id: vec3u, @builtin(num_workgroups) count: vec3u, @builtin(local_invocation_index) thread: u32) {
  let first = (id.x + id.y * count.x) * 512u + thread;
  for (var item = 0u; item < 8u; item++) {
    let k = first + item * 64u;
    if (k < arrayLength(&xs)) { ys[k] = xs[k]; }
  }
}`;

interface Gpu {
  readonly device: GPUDevice;
  readonly tensorMap: { get(dataId: object): { readonly resource: GPUBuffer } };
  uploadToGPU(dataId: object): void;
}

/** The memory limit of a GPU: a shader that copies x by vectors of four. */
export function vectorCopy(inputsOf: (n: number) => readonly [x: tf.Tensor, dy: tf.Tensor]): Act {
  const { device, tensorMap, uploadToGPU } = bound(tf.backend() as unknown as Gpu);
  const module = device.createShaderModule({ code: CODE });
  const pipeline = device.createComputePipeline({ layout: 'auto', compute: { module, entryPoint: 'main' } });
  const copies = new Map<number, () => Promise<undefined>>();
  const prepare = (n: number): (() => Promise<undefined>) => {
    const { dataId } = inputsOf(n)[0];
    uploadToGPU(dataId);
    const buffers = [
      tensorMap.get(dataId).resource,
      device.createBuffer({ size: 4 * n, usage: GPUBufferUsage.STORAGE }),
    ];
    const entries = buffers.map((buffer, binding) => ({ binding, resource: { buffer } }));
    const group = device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries });
    const workgroups = Math.ceil(n / 4 / 512);
    const width = Math.min(workgroups, device.limits.maxComputeWorkgroupsPerDimension);
    return () => {
      const encoder = device.createCommandEncoder();
      const pass = encoder.beginComputePass();
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, group);
      pass.dispatchWorkgroups(width, Math.ceil(workgroups / width));
      pass.end();
      device.queue.submit([encoder.finish()]);
      return device.queue.onSubmittedWorkDone();
    };
  };
  return async (n) => {
    const copy = copies.get(n) ?? prepare(n);
    copies.set(n, copy);
    await copy();
  };
}

const bound = (gpu: Gpu): Gpu => ({
  device: gpu.device,
  tensorMap: gpu.tensorMap,
  uploadToGPU: gpu.uploadToGPU.bind(gpu),
});
