import type { ActivationSpec } from '../spec.js';

/** Threads that add up one parameter's partial sums: many, so that each adds few. */
const THREADS = 256;

/** Threads that go on adding where all have waited for each other. */
const SEGMENTS = 16;

/**
 * The last pass: one workgroup for each parameter of each set adds up its partial sums, and writes dc and dd. Bindings: the
 * partial sums, dc, dd, and the uniforms: partial sums a parameter, and parameters of all sets.
 */
export function sumShader({ m, n }: ActivationSpec): string {
  const bindings = [
    'var<storage, read> partials: array<f32>',
    'var<storage, read_write> dcs: array<f32>',
    ...(n > 0 ? ['var<storage, read_write> dds: array<f32>'] : []),
    'var<uniform> work: Work',
  ];
  const intoC = `dcs[own_set * ${m + 1}u + parameter] = total;`;
  const intoD = `dds[own_set * ${n}u + parameter - ${m + 1}u] = total;`;
  return `
struct Work { chunks: u32, sums: u32 }
${bindings.map((binding, i) => `@group(0) @binding(${i}) ${binding};`).join('\n')}
var<workgroup> tile: array<f32, ${THREADS}>;
var<workgroup> segment_sums: array<f32, ${SEGMENTS}>;

@compute @workgroup_size(${THREADS})
fn main(
  @builtin(workgroup_id) id: vec3u,
  @builtin(num_workgroups) count: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let sum = id.x + id.y * count.x;
  var own = 0.0;
  if (sum < work.sums) {
    for (var chunk = thread; chunk < work.chunks; chunk += ${THREADS}u) {
      own += partials[sum * work.chunks + chunk];
    }
  }
  tile[thread] = own;
  workgroupBarrier();
  // Two steps, because waiting for each other costs more than adding.
  if (thread < ${SEGMENTS}u) {
    var segment_sum = 0.0;
    for (var k = thread; k < ${THREADS}u; k += ${SEGMENTS}u) { segment_sum += tile[k]; }
    segment_sums[thread] = segment_sum;
  }
  workgroupBarrier();
  if (thread == 0u && sum < work.sums) {
    let own_set = sum / ${m + 1 + n}u;
    let parameter = sum % ${m + 1 + n}u;
    var total = 0.0;
    for (var k = 0u; k < ${SEGMENTS}u; k++) { total += segment_sums[k]; }
    ${n > 0 ? `if (parameter > ${m}u) { ${intoD} } else { ${intoC} }` : intoC}
  }
}
`;
}
