import * as tf from '@tensorflow/tfjs-core';
import { expectValid } from './settle.js';
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

/**
 * The memory limit of a GPU: a shader that copies `times` n numbers by vectors of four. It does not wait for the device. Throws
 * an Error where it cannot.
 */
export function vectorCopy(times = 1): Act {
  const { device } = tf.backend() as unknown as { readonly device: GPUDevice };
  const module = device.createShaderModule({ code: CODE });
  const pipeline = device.createComputePipeline({ layout: 'auto', compute: { module, entryPoint: 'main' } });
  const copies = new Map<number, () => void>();

  function prepare(bytes: number): () => void {
    const buffers = [0, 1].map(() => device.createBuffer({ size: bytes, usage: GPUBufferUsage.STORAGE }));
    const most = device.limits.maxComputeWorkgroupsPerDimension;
    const parts = rangesOf(bytes, device.limits.maxStorageBufferBindingSize).map(([offset, size]) => {
      const entries = buffers.map((buffer, binding) => ({ binding, resource: { buffer, offset, size } }));
      const workgroups = Math.ceil(size / 16 / 512);
      const width = Math.min(workgroups, most);
      const group = device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries });
      return { group, width, height: Math.ceil(workgroups / width) };
    });
    return () => {
      const encoder = device.createCommandEncoder();
      const pass = encoder.beginComputePass();
      pass.setPipeline(pipeline);
      for (const { group, width, height } of parts) {
        pass.setBindGroup(0, group);
        pass.dispatchWorkgroups(width, height);
      }
      pass.end();
      device.queue.submit([encoder.finish()]);
    };
  }

  return async (n) => {
    const known = copies.get(n);
    if (known !== undefined) return known();
    const made = await expectValid(() => {
      const copy = prepare(4 * n * times);
      copy();
      return copy;
    });
    copies.set(n, made);
  };
}

/** What a device can bind at once: where each part begins, and its bytes. */
function rangesOf(bytes: number, most: number): readonly (readonly [offset: number, size: number])[] {
  const step = most - (most % 256);
  return Array.from({ length: Math.ceil(bytes / step) }, (_, i) => [i * step, Math.min(step, bytes - i * step)]);
}
