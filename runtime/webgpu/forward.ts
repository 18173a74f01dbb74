import { closing, MARK, opening } from './mark.js';
import { declarations, eachLane, isSafe, THREADS, WIDE, type Pass, type Width } from './wgsl.js';
import type { ShaderKernel } from '../shader.js';
import type { ActivationSpec } from '../spec.js';

/** Vectors, or elements, that a thread computes; neighbouring threads work on neighbours. */
export const FORWARD_ITEMS = 8;

/**
 * Elements (or vectors) start .. end - 1 of [outer, sets, inner]. Bindings: x, c, d, y, the mark, and the uniforms start, end,
 * sets, inner and call. The wide pass may have fewer workgroups: it goes on until nothing is left.
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
    MARK[pass],
    'var<uniform> range: Range',
  ];
  // Vectors are of one set. Coefficients that could change from one to the next would not be kept in registers.
  const reload = width === 4 ? '' : 'if (range.sets > 1u) { load_coefficients((k / range.inner) % range.sets); }';
  return `
struct Range { start: u32, end: u32, sets: u32, inner: u32, call: u32 }
${bindings.map((binding, i) => `@group(0) @binding(${i}) ${binding};`).join('\n')}
${declarations(width, m, n)}
${pass === 'plain' ? plainValue(plain) : `${WIDE}${wideValue(wide)}`}

@compute @workgroup_size(${THREADS})
fn main(
  @builtin(workgroup_id) id: vec3u,
  @builtin(num_workgroups) count: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  ${opening(pass, 'range.call')}
  load_coefficients(0u);
  let workgroup = id.x + id.y * count.x;
  ${ELEMENTS[pass]}
    ${reload}
    let x = xs[k];
    ${pass === 'plain' ? `if (${isSafe(radius)}) { ys[k] = value(x); } else { is_large = true; }` : ''}
    ${pass === 'wide' ? `if (${isSafe(radius)}) { continue; }` : ''}
    ${pass === 'wide' ? `var y: real; ${eachLane(width, 'y', 'value', ['x'])} ys[k] = y;` : ''}
  }
  ${closing(pass, 'range.call')}
}
`;
}

/** The plain pass has workgroups for all elements. The wide one goes on until nothing is left: mostly it has nothing to do. */
const ELEMENTS: Readonly<Record<Pass, string>> = {
  plain: `let first = range.start + workgroup * ${THREADS * FORWARD_ITEMS}u + thread;
  for (var item = 0u; item < ${FORWARD_ITEMS}u; item++) {
    let k = first + item * ${THREADS}u;
    if (k >= range.end) { break; }`,
  wide: `let threads = count.x * count.y * ${THREADS}u;
  for (var k = range.start + workgroup * ${THREADS}u + thread; k < range.end; k += threads) {`,
};

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
