import { closing, MARK, opening } from './mark.js';
import type { Reduction } from './reduction.js';
import { declarations, eachLane, isSafe, isWithin, THREADS, WIDE, type Pass, type Width } from './wgsl.js';
import { SAFE, type ShaderKernels } from '../shader.js';
import type { ActivationSpec } from '../spec.js';

/** dc0 .. dcm, dd1 .. ddn: the order of partial sums, too. */
const sumsOf = ({ m, n }: ActivationSpec): readonly string[] => [
  ...Array.from({ length: m + 1 }, (_, i) => `dc${i}`),
  ...Array.from({ length: n }, (_, j) => `dd${j + 1}`),
];

/**
 * One pass over x and dy: dx, and the sums of each workgroup for each parameter, as partials[set][parameter][pass][workgroup].
 * A workgroup is `lanes` columns of threads, each with a set of its own, and as many rows as there are threads; each
 * thread goes over `items` of its set's elements, a stride of rows apart. Then rows are added up. Bindings: x, dy, c, d,
 * dx, the partial sums, the mark, and uniforms.
 */
export function backwardShader(
  spec: ActivationSpec,
  { backward, finish }: ShaderKernels,
  width: Width,
  pass: Pass,
  reduction: Reduction,
): string {
  const { m, n } = spec;
  const sums = sumsOf(spec);
  const bindings = [
    'var<storage, read> xs: array<real>',
    'var<storage, read> dys: array<real>',
    'var<storage, read> cs: array<f32>',
    ...(n > 0 ? ['var<storage, read> ds: array<f32>'] : []),
    'var<storage, read_write> dxs: array<real>',
    'var<storage, read_write> partials: array<f32>',
    MARK[pass],
    'var<uniform> work: Work',
  ];
  return `${reduction.directives}
struct Work {
  count: u32, // elements (or vectors) of a set
  sets: u32,
  inner: u32,
  lanes: u32,
  items: u32,
  workgroups: u32,
  chunks: u32, // workgroups over the elements of a set, here
  first_partial: u32, // the place of their partial sums among
  all_partials: u32,
  call: u32,
}
${bindings.map((binding, i) => `@group(0) @binding(${i}) ${binding};`).join('\n')}
${declarations(width, m, n)}
${sums.map((name) => `var<private> ${name}: real;`).join('\n')}
${reduction.variables}

fn across(v: real) -> f32 { return ${width === 4 ? '(v.x + v.y) + (v.z + v.w)' : 'v'}; }

${pass === 'plain' ? plainSlope(backward.plain) : `${WIDE}${wideSlope(backward.wide, width)}`}

fn finish() {${finish}}

@compute @workgroup_size(${THREADS})
fn main(
  @builtin(workgroup_id) id: vec3u,
  @builtin(num_workgroups) count: vec3u,
  @builtin(local_invocation_index) thread: u32,${reduction.inputs}
) {
  ${opening(pass, 'work.call')}
  ${pass === 'plain' ? ONE_WORKGROUP : everyWorkgroup(sums)}
  let chunk = workgroup % work.chunks;
  let rows = ${THREADS}u / work.lanes;
  let first_set = (workgroup / work.chunks) * work.lanes;
  let own_set = first_set + thread % work.lanes;
  if (workgroup < work.workgroups && own_set < work.sets) {
    load_coefficients(own_set);
    let first = chunk * work.items * rows + thread / work.lanes;
    for (var item = 0u; item < work.items; item++) {
      let e = first + item * rows;
      if (e >= work.count) { break; }
      var k = e;
      if (work.sets > 1u) { k = ((e / work.inner) * work.sets + own_set) * work.inner + e % work.inner; }
      let x = xs[k];
      let dy = dys[k];
      ${pass === 'plain' ? `if (${isSafe(backward.radius, SAFE_WEIGHT)}) { dxs[k] = slope(x, dy); } else { is_large = true; }` : ''}
      ${pass === 'wide' ? `if (${isSafe(backward.radius, SAFE_WEIGHT)}) { continue; }` : ''}
      ${pass === 'wide' ? `var dx: real; ${eachLane(width, 'dx', 'slope', ['x', 'dy'])} dxs[k] = dx;` : ''}
    }
    finish();
  }
  ${closing(pass, 'work.call')}
${reduction.add(sums, pass)}}}
`;
}

const ONE_WORKGROUP = '{ let workgroup = id.x + id.y * count.x;';

/** The wide pass has fewer workgroups, since mostly it has nothing to do: each does the work of many. */
const everyWorkgroup = (sums: readonly string[]): string => `
  for (var workgroup = id.x + id.y * count.x; workgroup < work.workgroups; workgroup += count.x * count.y) {
  ${sums.map((name) => `${name} = real(0.0);`).join(' ')}`;

/** dy = 0 or lightest <= |dy| <= heaviest. */
const SAFE_WEIGHT = isWithin('dy', SAFE.lightest, SAFE.heaviest);

const plainSlope = (text: string): string => `
fn slope(x: real, dy: real) -> real {
  var dx: real;${text}
  return dx;
}`;

const wideSlope = (text: string, width: Width): string => `
/** What a wide number adds to a sum. */
fn term(v: Wide) -> real { return ${width === 4 ? 'vec4f(narrow(v), 0.0, 0.0, 0.0)' : 'narrow(v)'}; }

fn slope(number: f32, weight: f32) -> f32 {
  let x = wide_input(number);
  let dy = wide(weight);
  var dx: Wide;${text}
  return select(narrow(dx), number, magnitude(number) > 0x7f800000u);
}`;
