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

/** The memory limit of a GPU: a shader that copies `times` n numbers by vectors of four. */
export function vectorCopy(times = 1): Act {
  const { device } = tf.backend() as unknown as { readonly device: GPUDevice };
  const module = device.createShaderModule({ code: CODE });
  const pipeline = device.createComputePipeline({ layout: 'auto', compute: { module, entryPoint: 'main' } });
  const copies = new Map<number, () => Promise<undefined>>();
  const prepare = (count: number): (() => Promise<undefined>) => {
    const entries = [0, 1].map((binding) => ({
      binding,
      resource: { buffer: device.createBuffer({ size: 4 * count, usage: GPUBufferUsage.STORAGE }) },
    }));
    const group = device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries });
    const workgroups = Math.ceil(count / 4 / 512);
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
    const copy = copies.get(n) ?? prepare(n * times);
    copies.set(n, copy);
    await copy();
  };
}
