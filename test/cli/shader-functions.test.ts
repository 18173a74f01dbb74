// The functions that --target wgsl and glsl print, compiled and run in headless Chromium.
import type { Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { launch, OBSTACLES } from '../devices/browser/launch.js';
import { serve } from '../devices/browser/server.js';
import { truth } from '../devices/truth.js';
import { generate } from '../../compiler/generate.js';
import { printAlone } from '../../compiler/targets/index.js';
import { arithmeticOnly, specOf } from '../support/emit.js';
import { requiredDevices } from '../support/required-devices.js';

/** Off the kinks; the last ones are beyond where x^m fits float32. */
const XS = [-2.75, -0.6, 0.3, 1.9, -1e15, 3e20];
const C = [0.3, -0.7, 0.41, 0.2];
const D = [0.11, -0.07];
const SPECS = [
  ['hermite', 3, 2, 'sum-abs'],
  ['chebyshev-t', 3, 2, 'abs-sum'],
  ['legendre', 1, 0, 'sum-abs'],
] as const;

const { server, url } = await serve(() => '');
const browser = await launch().catch((error: Error) => error);
afterAll(async () => {
  if (!(browser instanceof Error)) await browser.close();
  server.close();
});

interface Job {
  readonly code: string;
  readonly xs: readonly number[];
  readonly c: readonly number[];
  readonly d: readonly number[];
}

/** For each x: F, dx, dc and dd, for dy = 1. Runs in the page. */
async function runWgsl({ code, xs, c, d }: Job): Promise<number[]> {
  const width = 2 + c.length + d.length;
  const literal = (values: readonly number[]): string => `array<f32, ${values.length}>(${values.join(', ')})`;
  const coefficients = [c, d]
    .filter(({ length }) => length > 0)
    .map(literal)
    .join(', ');
  const shader = `${code}
@group(0) @binding(0) var<storage, read> xs: array<f32>;
@group(0) @binding(1) var<storage, read_write> out: array<f32>;
@compute @workgroup_size(1) fn main(@builtin(global_invocation_id) id: vec3u) {
  let at = id.x * ${width}u;
  let g = backward(xs[id.x], 1.0, ${coefficients});
  out[at] = forward(xs[id.x], ${coefficients});
  out[at + 1u] = g.dx;
  ${c.map((_, i) => `out[at + ${2 + i}u] = g.dc[${i}];`).join(' ')}
  ${d.map((_, j) => `out[at + ${2 + c.length + j}u] = g.dd[${j}];`).join(' ')}
}`;
  const adapter = await navigator.gpu.requestAdapter();
  const device = await adapter!.requestDevice();
  const module = device.createShaderModule({ code: shader });
  const { messages } = await module.getCompilationInfo();
  const faults = messages.filter(({ type }) => type === 'error');
  if (faults.length > 0) throw new Error(faults.map(({ message }) => message).join('; '));
  const pipeline = device.createComputePipeline({ layout: 'auto', compute: { module, entryPoint: 'main' } });
  const [input, output, result] = [
    device.createBuffer({ size: 4 * xs.length, usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST }),
    device.createBuffer({ size: 4 * width * xs.length, usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC }),
    device.createBuffer({ size: 4 * width * xs.length, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST }),
  ];
  device.queue.writeBuffer(input, 0, Float32Array.from(xs));
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  pass.setPipeline(pipeline);
  const entries = [input, output].map((buffer, binding) => ({ binding, resource: { buffer } }));
  pass.setBindGroup(0, device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries }));
  pass.dispatchWorkgroups(xs.length);
  pass.end();
  encoder.copyBufferToBuffer(output, 0, result, 0, 4 * width * xs.length);
  device.queue.submit([encoder.finish()]);
  await result.mapAsync(GPUMapMode.READ);
  return [...new Float32Array(result.getMappedRange())];
}

/** The same by transform feedback: a vertex an x. Runs in the page. */
async function runGlsl({ code, xs, c, d }: Job): Promise<number[]> {
  const width = 2 + c.length + d.length;
  const literal = (values: readonly number[]): string => `float[${values.length}](${values.join(', ')})`;
  const coefficients = [c, d]
    .filter(({ length }) => length > 0)
    .map(literal)
    .join(', ');
  const vertex = `#version 300 es
precision highp float;
${code}
in float x;
${Array.from({ length: width }, (_, i) => `out float r${i};`).join(' ')}
void main() {
  Gradients g = backward(x, 1.0, ${coefficients});
  r0 = forward(x, ${coefficients});
  r1 = g.dx;
  ${c.map((_, i) => `r${2 + i} = g.dc[${i}];`).join(' ')}
  ${d.map((_, j) => `r${2 + c.length + j} = g.dd[${j}];`).join(' ')}
  gl_Position = vec4(0.0);
}`;
  const gl = document.createElement('canvas').getContext('webgl2')!;
  const program = gl.createProgram();
  const sources = [
    [gl.VERTEX_SHADER, vertex],
    [gl.FRAGMENT_SHADER, '#version 300 es\nvoid main() {}'],
  ] as const;
  for (const [type, source] of sources) {
    const shader = gl.createShader(type)!;
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    const log = gl.getShaderInfoLog(shader);
    if (gl.getShaderParameter(shader, gl.COMPILE_STATUS) !== true) throw new Error(String(log));
    gl.attachShader(program, shader);
  }
  const outputs = Array.from({ length: width }, (_, i) => `r${i}`);
  gl.transformFeedbackVaryings(program, outputs, gl.INTERLEAVED_ATTRIBS);
  gl.linkProgram(program);
  if (gl.getProgramParameter(program, gl.LINK_STATUS) !== true) throw new Error(String(gl.getProgramInfoLog(program)));
  gl.useProgram(program);
  gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
  gl.bufferData(gl.ARRAY_BUFFER, Float32Array.from(xs), gl.STATIC_DRAW);
  const place = gl.getAttribLocation(program, 'x');
  gl.enableVertexAttribArray(place);
  gl.vertexAttribPointer(place, 1, gl.FLOAT, false, 0, 0);
  const out = gl.createBuffer();
  gl.bindBufferBase(gl.TRANSFORM_FEEDBACK_BUFFER, 0, out);
  gl.bufferData(gl.TRANSFORM_FEEDBACK_BUFFER, 4 * width * xs.length, gl.STATIC_READ);
  gl.enable(gl.RASTERIZER_DISCARD);
  gl.beginTransformFeedback(gl.POINTS);
  gl.drawArrays(gl.POINTS, 0, xs.length);
  gl.endTransformFeedback();
  const fault = gl.getError();
  if (fault !== gl.NO_ERROR) throw new Error(`WebGL error ${fault}`);
  const values = new Float32Array(width * xs.length);
  gl.getBufferSubData(gl.TRANSFORM_FEEDBACK_BUFFER, 0, values);
  return [...values];
}

describe.each([
  ['wgsl', 'webgpu', runWgsl],
  ['glsl', 'webgl', runGlsl],
] as const)('%s', (language, backend, runInPage) => {
  it.each(SPECS)('%s %i/%i %s: value and gradients', async (basis, m, n, denominator) => {
    if (browser instanceof Error) return missing(browser.message);
    const page: Page = await browser.newPage();
    await page.goto(`${url}/empty`);
    const obstacle = await OBSTACLES[backend]!(page);
    if (obstacle !== undefined) return missing(obstacle);

    const [c, d] = [C.slice(0, m + 1), D.slice(0, n)];
    const { activation } = generate(specOf(basis, m, n, denominator), arithmeticOnly);
    const xs = XS.map(Math.fround);
    const found = await page.evaluate(runInPage, { code: printAlone(activation, language), xs, c, d });
    await page.close();
    const width = 2 + c.length + d.length;
    expect(found).toHaveLength(width * xs.length);
    xs.forEach((x, k) => {
      const { y, dx, dc, dd, sy, sdx, sdc, sdd } = truth(
        { basis, m, n, denominator },
        x,
        c.map(Math.fround),
        d.map(Math.fround),
      );
      const sizes = [sy, sdx, ...sdc, ...sdd];
      [y, dx, ...dc, ...dd].forEach((value, i) => {
        const error = Math.abs(found[k * width + i]! - value);
        expect(error, `output ${i} at x = ${x}`).toBeLessThanOrEqual(64 * 2 ** -24 * sizes[i]! + 2 ** -126);
      });
    });

    function missing(why: string): void {
      if (requiredDevices().has(`chromium-${backend}`)) throw new Error(why);
      console.warn(`not run: ${why}`);
    }
  });
});
