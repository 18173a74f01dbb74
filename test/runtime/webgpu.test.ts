import { describe, expect, it } from 'vitest';
import { generate } from '../../compiler/generate.js';
import { backwardShader } from '../../runtime/webgpu/backward.js';
import { forwardShader } from '../../runtime/webgpu/forward.js';
import { reductionBy } from '../../runtime/webgpu/reduction.js';
import { pipelineFor } from '../../runtime/webgpu/pipeline.js';
import { rangesOf } from '../../runtime/webgpu/ranges.js';
import { SAFE as SHADER_SAFE, type ShaderKernels } from '../../runtime/shader.js';
import { SAFE } from '../../compiler/stages/safe.js';
import { arithmeticOnly, specOf } from '../support/emit.js';

/** `const shader` of an emitted module: it holds text and numbers only. */
function shaderOf(basis: string, m: number, n: number): ShaderKernels {
  const [text] = [...generate(specOf(basis, m, n), arithmeticOnly).files.values()] as [string];
  const literal = /const shader = Object\.freeze\((\{[\s\S]*?\n\})\);/.exec(text)![1]!;
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  return new Function(`return ${literal}`)() as ShaderKernels;
}

describe('ranges that a device can bind', () => {
  it('are one where all fits', () => {
    expect(rangesOf(1000, 1, 4000)).toEqual([{ start: 0, size: 1000 }]);
  });

  it.each([
    [1000, 1, 1024],
    [100_003, 1, 65_536],
    [9000, 30, 4096],
    [7 * 64 * 100, 7, 2048],
  ])('%i elements in rows of %i, %i bytes at most', (size, row, bytes) => {
    const ranges = rangesOf(size, row, bytes)!;
    expect(ranges.length).toBeGreaterThan(1);
    let next = 0;
    for (const { start, size: length } of ranges) {
      expect(start).toBe(next);
      expect((4 * start) % 256).toBe(0);
      expect(start % row).toBe(0);
      expect(4 * length).toBeLessThanOrEqual(bytes);
      next += length;
    }
    expect(next).toBe(size);
  });

  it('are none where a row is too large', () => {
    expect(rangesOf(10_000, 5000, 4096)).toBeUndefined();
  });
});

describe('shaders', () => {
  it('are told what is safe by the figures of the proof', () => {
    expect(SHADER_SAFE).toEqual(SAFE);
  });

  it.each([
    ['hermite', 5, 4],
    ['laguerre', 2, 0],
    ['monomial', 0, 1],
    ['chebyshev-t', 32, 32],
  ] as const)('of %s %i/%i keep wide numbers out of the plain pass', (basis, m, n) => {
    const kernels = shaderOf(basis, m, n);
    const spec = { m, n } as Parameters<typeof forwardShader>[0];
    for (const width of [1, 4] as const) {
      expect(forwardShader(spec, kernels.forward, width, 'plain')).not.toContain('Wide');
      expect(forwardShader(spec, kernels.forward, width, 'wide')).toContain('wide_add');
      expect(backwardShader(spec, kernels, width, 'plain', reductionBy(undefined))).not.toContain('wide_');
      // A polynomial's d is empty, and an empty buffer cannot be bound.
      expect(backwardShader(spec, kernels, width, 'wide', reductionBy(undefined)).includes('ds:')).toBe(n > 0);
    }
  });
});

describe('a device that is lost', () => {
  it('is named, with what to do', async () => {
    const pipeline = { getBindGroupLayout: () => 'layout' };
    const device = {
      lost: Promise.resolve({ reason: 'unknown', message: 'the driver was updated' }),
      pushErrorScope: () => undefined,
      popErrorScope: () => Promise.resolve(null),
      createShaderModule: () => ({}),
      createComputePipeline: () => pipeline,
    } as unknown as GPUDevice;
    expect(pipelineFor(device, 'OpauX', 'code')).toEqual({ compute: pipeline, layout: 'layout' });
    await device.lost;
    expect(() => pipelineFor(device, 'OpauX', 'code')).toThrow(
      'OpauX: the WebGPU device is lost (the driver was updated), and all tensors on it: set a backend with',
    );
  });
});
