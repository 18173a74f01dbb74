import { declarations, THREADS, WIDE, within, type Width } from './wgsl.js';
import { bitsOf, SAFE, type ShaderKernels } from '../shader.js';
import type { ActivationSpec } from '../spec.js';

/** Sums that a workgroup adds up at a time, for its memory's sake. */
const BATCH = 4;

/** dc0 .. dcm, dd1 .. ddn: the order of partial sums, too. */
const sumsOf = ({ m, n }: ActivationSpec): readonly string[] => [
  ...Array.from({ length: m + 1 }, (_, i) => `dc${i}`),
  ...Array.from({ length: n }, (_, j) => `dd${j + 1}`),
];

/**
 * One pass over x and dy: dx, and the sums of each workgroup for each parameter, as partials[set][parameter][chunk].
 * A workgroup is `lanes` columns of threads, each with a set of its own, and as many rows as there are threads; each
 * thread goes over `items` of its set's elements, a stride of rows apart. Then rows are added up as a tree.
 */
export function backwardShader(spec: ActivationSpec, { backward, finish }: ShaderKernels, width: Width): string {
  const { m, n } = spec;
  const sums = sumsOf(spec);
  return `
struct Work {
  count: u32, // elements (or vectors) of a set
  sets: u32,
  inner: u32,
  lanes: u32,
  items: u32,
  workgroups: u32,
  chunks: u32, // workgroups over the elements of a set, here
  first_chunk: u32, // the place of their partial sums among
  all_chunks: u32,
}
@group(0) @binding(0) var<storage, read> xs: array<real>;
@group(0) @binding(1) var<storage, read> dys: array<real>;
@group(0) @binding(2) var<storage, read> cs: array<f32>;
${n > 0 ? '@group(0) @binding(3) var<storage, read> ds: array<f32>;' : ''}
@group(0) @binding(${n > 0 ? 4 : 3}) var<storage, read_write> dxs: array<real>;
@group(0) @binding(${n > 0 ? 5 : 4}) var<storage, read_write> partials: array<f32>;
@group(0) @binding(${n > 0 ? 6 : 5}) var<uniform> work: Work;
${declarations(width, m, n)}${WIDE}
${sums.map((name) => `var<private> ${name}: real;`).join('\n')}
var<workgroup> tile: array<f32, ${THREADS * BATCH}>;

/** What a wide number adds to a sum. */
fn term(v: Wide) -> real { return ${width === 4 ? 'vec4f(narrow(v), 0.0, 0.0, 0.0)' : 'narrow(v)'}; }
fn across(v: real) -> f32 { return ${width === 4 ? '(v.x + v.y) + (v.z + v.w)' : 'v'}; }

fn plain(x: real, dy: real) -> real {
  var dx: real;${backward.plain}
  return dx;
}

fn wide_slope(number: f32, weight: f32) -> f32 {
  let x = wide(number);
  let dy = wide(weight);
  var dx: Wide;${backward.wide}
  return select(narrow(dx), number, magnitude(number) > 0x7f800000u);
}

/** dy = 0 or lightest <= |dy| <= heaviest; 0 wraps around to the largest number here. */
fn is_safe_weight(dy: real) -> bool {
  let size = magnitudes(dy);
  return all(size <= bits(${bitsOf(SAFE.heaviest)}u)) && all(size - bits(1u) >= bits(${bitsOf(SAFE.lightest) - 1}u));
}

fn slope(x: real, dy: real) -> real {
  if (${within(backward.radius)} && is_safe_weight(dy)) { return plain(x, dy); }
  return ${
    width === 4
      ? `vec4f(
    wide_slope(x.x, dy.x), wide_slope(x.y, dy.y), wide_slope(x.z, dy.z), wide_slope(x.w, dy.w),
  )`
      : 'wide_slope(x, dy)'
  };
}

fn finish() {${finish}}

@compute @workgroup_size(${THREADS})
fn main(
  @builtin(workgroup_id) id: vec3u,
  @builtin(num_workgroups) count: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let workgroup = id.x + id.y * count.x;
  let chunk = workgroup % work.chunks;
  let rows = ${THREADS}u / work.lanes;
  own_set = (workgroup / work.chunks) * work.lanes + thread % work.lanes;
  let is_used = workgroup < work.workgroups && own_set < work.sets;
  if (is_used) {
    fitting = coefficients_fit();
    let first = chunk * work.items * rows + thread / work.lanes;
    for (var item = 0u; item < work.items; item++) {
      let e = first + item * rows;
      if (e >= work.count) { break; }
      var k = e;
      if (work.sets > 1u) { k = ((e / work.inner) * work.sets + own_set) * work.inner + e % work.inner; }
      dxs[k] = slope(xs[k], dys[k]);
    }
    finish();
  }
${batches(sums).map(addRows(sums.length)).join('')}}
`;
}

const batches = (sums: readonly string[]): readonly (readonly string[])[] =>
  Array.from({ length: Math.ceil(sums.length / BATCH) }, (_, b) => sums.slice(b * BATCH, (b + 1) * BATCH));

/** Adds up a batch of sums over a workgroup's rows, and writes them down. */
const addRows =
  (all: number) =>
  (batch: readonly string[], b: number): string => `
  ${batch.map((name, i) => `tile[${i * THREADS}u + thread] = across(${name});`).join('\n  ')}
  workgroupBarrier();
  for (var half = ${THREADS / 2}u; half >= work.lanes; half /= 2u) {
    if (thread < half) {
      ${batch.map((_, i) => `tile[${i * THREADS}u + thread] += tile[${i * THREADS}u + thread + half];`).join('\n      ')}
    }
    workgroupBarrier();
  }
  if (is_used && thread < work.lanes) {
    let place = own_set * ${all}u * work.all_chunks + work.first_chunk + chunk;
    ${batch.map((_, i) => `partials[place + ${b * BATCH + i}u * work.all_chunks] = tile[${i * THREADS}u + thread];`).join('\n    ')}
  }
  workgroupBarrier();
`;

/** The second pass: one workgroup for each parameter of each set adds up its partial sums, and writes dc and dd. */
export function sumShader({ m, n }: ActivationSpec): string {
  return `
struct Work { chunks: u32, workgroups: u32 }
@group(0) @binding(0) var<storage, read> partials: array<f32>;
@group(0) @binding(1) var<storage, read_write> dcs: array<f32>;
${n > 0 ? '@group(0) @binding(2) var<storage, read_write> dds: array<f32>;' : ''}
@group(0) @binding(${n > 0 ? 3 : 2}) var<uniform> work: Work;
var<workgroup> tile: array<f32, ${THREADS}>;

@compute @workgroup_size(${THREADS})
fn main(
  @builtin(workgroup_id) id: vec3u,
  @builtin(num_workgroups) count: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let sum = id.x + id.y * count.x;
  var own = 0.0;
  if (sum < work.workgroups) {
    for (var chunk = thread; chunk < work.chunks; chunk += ${THREADS}u) { own += partials[sum * work.chunks + chunk]; }
  }
  tile[thread] = own;
  workgroupBarrier();
  for (var half = ${THREADS / 2}u; half > 0u; half /= 2u) {
    if (thread < half) { tile[thread] += tile[thread + half]; }
    workgroupBarrier();
  }
  if (thread == 0u && sum < work.workgroups) {
    let own_set = sum / ${m + 1 + n}u;
    let parameter = sum % ${m + 1 + n}u;
    ${
      n > 0
        ? `if (parameter > ${m}u) { dds[own_set * ${n}u + parameter - ${m + 1}u] = tile[0]; } else { dcs[own_set * ${m + 1}u + parameter] = tile[0]; }`
        : `dcs[own_set * ${m + 1}u + parameter] = tile[0];`
    }
  }
}
`;
}
