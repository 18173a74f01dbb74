import { LEAVE } from './forward.js';
import { declarations, eachLane, isSafe, MOST_LANES, THREADS, WIDE, type Pass, type Width } from './wgsl.js';
import { bitsOf, SAFE, type ShaderKernels } from '../shader.js';
import type { ActivationSpec } from '../spec.js';

/** Sums that a workgroup adds up at a time, for its memory's sake. */
const BATCH = 8;

/** Places between the sums of one parameter and of the next: an odd number, so that they lie in different banks. */
const STRIDE = THREADS + 1;

/** Rows that one thread adds up, so that no more than two steps are needed. */
const SEGMENT = 16;

/** How a workgroup adds up its threads' sums: in its memory, or first by subgroups. */
export type Reduction = 'memory' | 'subgroups';

/** dc0 .. dcm, dd1 .. ddn: the order of partial sums, too. */
const sumsOf = ({ m, n }: ActivationSpec): readonly string[] => [
  ...Array.from({ length: m + 1 }, (_, i) => `dc${i}`),
  ...Array.from({ length: n }, (_, j) => `dd${j + 1}`),
];

/**
 * One pass over x and dy: dx, and the sums of each workgroup for each parameter, as partials[set][parameter][pass][chunk].
 * A workgroup is `lanes` columns of threads, each with a set of its own, and as many rows as there are threads; each
 * thread goes over `items` of its set's elements, a stride of rows apart. Then rows are added up. Bindings: x, dy, c, d,
 * dx, the partial sums, for the plain pass where it says that there is something left for the wide one, and uniforms.
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
    ...(pass === 'plain' ? ['var<storage, read_write> left: array<atomic<u32>, 3>'] : []),
    'var<uniform> work: Work',
  ];
  const withSubgroups = reduction === 'subgroups';
  return `${withSubgroups ? 'enable subgroups;\nrequires subgroup_id;\n' : ''}
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
${bindings.map((binding, i) => `@group(0) @binding(${i}) ${binding};`).join('\n')}
${declarations(width, m, n)}
${sums.map((name) => `var<private> ${name}: real;`).join('\n')}
var<workgroup> tile: array<f32, ${STRIDE * BATCH}>;
var<workgroup> segment_sums: array<f32, ${Math.max(SEGMENT, MOST_LANES) * BATCH}>;

fn across(v: real) -> f32 { return ${width === 4 ? '(v.x + v.y) + (v.z + v.w)' : 'v'}; }

/** dy = 0 or lightest <= |dy| <= heaviest; 0 wraps around to the largest number here. */
fn is_safe_weight(dy: real) -> bool {
  let size = magnitudes(dy);
  return all(size <= bits(${bitsOf(SAFE.heaviest)}u)) && all(size - bits(1u) >= bits(${bitsOf(SAFE.lightest) - 1}u));
}
${pass === 'plain' ? plainSlope(backward.plain) : `${WIDE}${wideSlope(backward.wide, width)}`}

fn finish() {${finish}}

@compute @workgroup_size(${THREADS})
fn main(
  @builtin(workgroup_id) id: vec3u,
  @builtin(num_workgroups) count: vec3u,
  @builtin(local_invocation_index) thread: u32,${withSubgroups ? SUBGROUP_INPUTS : ''}
) {
  let workgroup = id.x + id.y * count.x;
  let chunk = workgroup % work.chunks;
  let rows = ${THREADS}u / work.lanes;
  let segments = (rows + ${SEGMENT - 1}u) / ${SEGMENT}u;
  let first_set = (workgroup / work.chunks) * work.lanes;
  let own_set = first_set + thread % work.lanes;
  var is_large = false;
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
      if (${isSafe('x', backward.radius)} && is_safe_weight(dy)) {
        ${pass === 'plain' ? 'dxs[k] = slope(x, dy);' : 'continue;'}
      } else {
        is_large = true;
      }
      ${pass === 'wide' ? `var dx: real; ${eachLane(width, 'dx', 'slope', ['x', 'dy'])} dxs[k] = dx;` : ''}
    }
    finish();
  }
  ${pass === 'plain' ? LEAVE : ''}
${batches(sums)
  .map((batch, b) => (withSubgroups ? addSubgroups : addRows)(batch, b, sums.length, pass))
  .join('')}}
`;
}

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

const batches = (sums: readonly string[]): readonly (readonly string[])[] =>
  Array.from({ length: Math.ceil(sums.length / BATCH) }, (_, b) => sums.slice(b * BATCH, (b + 1) * BATCH));

/**
 * Adds up a batch of sums over a workgroup's rows, and writes them down: first segments of rows, then the segments. Two
 * steps, because waiting for each other costs more than adding.
 */
const addRows = (batch: readonly string[], b: number, all: number, pass: Pass): string => `
  ${batch.map((name, i) => `tile[${i * STRIDE}u + thread] = across(${name});`).join('\n  ')}
  workgroupBarrier();
  for (var job = thread; job < ${batch.length}u * work.lanes * segments; job += ${THREADS}u) {
    let column = (job % ${batch.length}u) * ${STRIDE}u + (job / ${batch.length}u) % work.lanes;
    let segment = job / (${batch.length}u * work.lanes);
    var sum = 0.0;
    for (var row = segment * ${SEGMENT}u; row < min(rows, (segment + 1u) * ${SEGMENT}u); row++) {
      sum += tile[column + row * work.lanes];
    }
    segment_sums[job] = sum;
  }
  workgroupBarrier();
  for (var job = thread; job < ${batch.length}u * work.lanes; job += ${THREADS}u) {
    var sum = 0.0;
    for (var segment = 0u; segment < segments; segment++) {
      sum += segment_sums[job + segment * ${batch.length}u * work.lanes];
    }
    let column_set = first_set + job / ${batch.length}u;
    let parameter = ${b * BATCH}u + job % ${batch.length}u;
    ${writeDown(all, pass)}
  }
  workgroupBarrier();
`;

const SUBGROUP_INPUTS = `
  @builtin(subgroup_id) subgroup: u32,
  @builtin(num_subgroups) subgroups: u32,
  @builtin(subgroup_invocation_id) lane: u32,`;

/** The same for one set a workgroup, where threads that run in step can add without waiting. */
const addSubgroups = (batch: readonly string[], b: number, all: number, pass: Pass): string => `
  ${batch.map((name, i) => `let sum${b}_${i} = subgroupAdd(across(${name}));`).join('\n  ')}
  if (lane == 0u) {
    ${batch.map((_, i) => `tile[${i * STRIDE}u + subgroup] = sum${b}_${i};`).join('\n    ')}
  }
  workgroupBarrier();
  if (thread < ${batch.length}u) {
    var sum = 0.0;
    for (var k = 0u; k < subgroups; k++) { sum += tile[thread * ${STRIDE}u + k]; }
    let column_set = first_set;
    let parameter = ${b * BATCH}u + thread;
    ${writeDown(all, pass)}
  }
  workgroupBarrier();
`;

/** Each pass has places of its own for its partial sums; the wide one may not run. */
const writeDown = (all: number, pass: Pass): string => `if (workgroup < work.workgroups && column_set < work.sets) {
      let place = (column_set * ${all}u + parameter) * 2u * work.all_chunks + work.first_chunk + chunk;
      ${pass === 'plain' ? 'partials[place] = sum;\n      partials[place + work.all_chunks] = 0.0;' : 'partials[place + work.all_chunks] = sum;'}
    }`;
