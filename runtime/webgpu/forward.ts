import { declarations, eachLane, isSafe, THREADS, WIDE, type Pass, type Width } from './wgsl.js';
import type { ShaderKernel } from '../shader.js';
import type { ActivationSpec } from '../spec.js';

/** Vectors, or elements, that a thread computes; neighbouring threads work on neighbours. */
export const FORWARD_ITEMS = 8;

/**
 * Elements (or vectors) start .. end - 1 of [outer, sets, inner]. Bindings: x, c, d, y, for the plain pass where it says
 * that there is something left for the wide one, and the uniforms start, end, sets and inner.
 */
export function forwardShader(
  { m, n }: ActivationSpec,
  { radius, plain, wide }: ShaderKernel,
  width: Width,
  pass: Pass,
): string {
  const bindings = [
    'var<storage, read> xs: array<real>',
    'var<storage, read> cs: array<f32>',
    ...(n > 0 ? ['var<storage, read> ds: array<f32>'] : []),
    'var<storage, read_write> ys: array<real>',
    ...(pass === 'plain' ? ['var<storage, read_write> left: array<atomic<u32>, 3>'] : []),
    'var<uniform> range: Range',
  ];
  // Vectors are of one set. Coefficients that could change from one to the next would not be kept in registers.
  const reload = width === 4 ? '' : 'if (range.sets > 1u) { load_coefficients((k / range.inner) % range.sets); }';
  return `
struct Range { start: u32, end: u32, sets: u32, inner: u32 }
${bindings.map((binding, i) => `@group(0) @binding(${i}) ${binding};`).join('\n')}
${declarations(width, m, n)}
${pass === 'plain' ? plainValue(plain) : `${WIDE}${wideValue(wide)}`}

@compute @workgroup_size(${THREADS})
fn main(
  @builtin(workgroup_id) id: vec3u,
  @builtin(num_workgroups) count: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let first = range.start + (id.x + id.y * count.x) * ${THREADS * FORWARD_ITEMS}u + thread;
  load_coefficients(0u);
  var is_large = false;
  for (var item = 0u; item < ${FORWARD_ITEMS}u; item++) {
    let k = first + item * ${THREADS}u;
    if (k >= range.end) { break; }
    ${reload}
    let x = xs[k];
    if (${isSafe(radius)}) {
      ${pass === 'plain' ? 'ys[k] = value(x);' : 'continue;'}
    } else {
      is_large = true;
    }
    ${pass === 'wide' ? `var y: real; ${eachLane(width, 'y', 'value', ['x'])} ys[k] = y;` : ''}
  }
  ${pass === 'plain' ? LEAVE : ''}
}
`;
}

/** The wide pass is dispatched with as many workgroups as stand here, none at first. */
export const LEAVE = `if (is_large) {
    atomicStore(&left[0], count.x);
    atomicStore(&left[1], count.y);
    atomicStore(&left[2], 1u);
  }`;

const plainValue = (text: string): string => `
fn value(x: real) -> real {
  var y: real;${text}
  return y;
}`;

const wideValue = (text: string): string => `
fn value(number: f32) -> f32 {
  let x = wide_input(number);
  var y: Wide;${text}
  return select(narrow(y), number, magnitude(number) > 0x7f800000u);
}`;
