import { declarations, THREADS, WIDE, within, type Width } from './wgsl.js';
import type { ShaderKernel } from '../shader.js';
import type { ActivationSpec } from '../spec.js';

/** Vectors, or elements, that a thread computes; neighbouring threads work on neighbours. */
export const FORWARD_ITEMS = 4;

/** Uniforms: start, end, sets, inner. Elements (or vectors) start .. end - 1 of [outer, sets, inner]. */
export function forwardShader({ m, n }: ActivationSpec, { radius, plain, wide }: ShaderKernel, width: Width): string {
  return `
struct Range { start: u32, end: u32, sets: u32, inner: u32 }
@group(0) @binding(0) var<storage, read> xs: array<real>;
@group(0) @binding(1) var<storage, read> cs: array<f32>;
${n > 0 ? '@group(0) @binding(2) var<storage, read> ds: array<f32>;' : ''}
@group(0) @binding(${n > 0 ? 3 : 2}) var<storage, read_write> ys: array<real>;
@group(0) @binding(${n > 0 ? 4 : 3}) var<uniform> range: Range;
${declarations(width, m, n)}${WIDE}
fn plain(x: real) -> real {
  var y: real;${plain}
  return y;
}

fn wide_value(number: f32) -> f32 {
  let x = wide(number);
  var y: Wide;${wide}
  return select(narrow(y), number, magnitude(number) > 0x7f800000u);
}

fn value(x: real) -> real {
  if (${within(radius)}) { return plain(x); }
  return ${width === 4 ? 'vec4f(wide_value(x.x), wide_value(x.y), wide_value(x.z), wide_value(x.w))' : 'wide_value(x)'};
}

@compute @workgroup_size(${THREADS})
fn main(
  @builtin(workgroup_id) id: vec3u,
  @builtin(num_workgroups) count: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let first = range.start + (id.x + id.y * count.x) * ${THREADS * FORWARD_ITEMS}u + thread;
  fitting = range.sets == 1u && coefficients_fit();
  for (var item = 0u; item < ${FORWARD_ITEMS}u; item++) {
    let k = first + item * ${THREADS}u;
    if (k >= range.end) { break; }
    if (range.sets > 1u) {
      own_set = (k / range.inner) % range.sets;
      fitting = coefficients_fit();
    }
    ys[k] = value(xs[k]);
  }
}
`;
}
